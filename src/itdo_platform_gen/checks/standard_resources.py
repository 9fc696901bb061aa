"""Standard resources: the names that Kubernetes itself has for what is limited and counted."""

from __future__ import annotations

from itdo_platform_gen.checks.names import is_qualified_name
from itdo_platform_gen.checks.resources import HUGE_PAGES, OF_CONTAINERS
from itdo_platform_gen.syntax.data import show

AMOUNTS = frozenset(
    {
        *("cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.storage"),
        *("requests.ephemeral-storage", "limits.cpu", "limits.memory", "limits.ephemeral-storage"),
    }
)
COUNTS = frozenset(
    {
        *("pods", "services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps"),
        *("persistentvolumeclaims", "services.nodeports", "services.loadbalancers"),
    }
)
_HUGE = (HUGE_PAGES, f"requests.{HUGE_PAGES}")


def is_of_huge_pages(name: str) -> bool:
    """Tell whether a quota counts huge pages by a name."""
    return name.startswith(_HUGE)


def resource_fault(name: str, *, of_containers: bool) -> str | None:
    """Tell what is wrong with a resource's name: one without a domain is a standard one, of containers or any."""
    expected = "a resource of containers such as cpu or memory" if of_containers else "a resource such as storage"
    known = OF_CONTAINERS if of_containers else AMOUNTS | COUNTS | {"storage"}
    huge = HUGE_PAGES if of_containers else _HUGE
    if is_qualified_name(name) and ("/" in name or name in known or name.startswith(huge)):
        return None
    return f"expected {expected}, got {show(name)}"
