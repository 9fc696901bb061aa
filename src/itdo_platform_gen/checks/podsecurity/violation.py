"""Violations: where a pod breaks a policy of the standard, and what the policy asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from itdo_platform_gen.checks.reading import mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.syntax.node import Path

    Check: TypeAlias = Callable[[Pod, int], Iterator["Violation"]]
    """Finds what breaks one policy, as it is in a minor version of the standard."""

# The minor version from which what is only for Linux is not asked of pods that say they are for Windows.
_WINDOWS_SINCE = 25
# The minor version from which a pod in a user namespace may run as its own root.
_USER_NAMESPACES_SINCE = 35


class Violation(NamedTuple):
    """One break of a policy: the path leads to the field at fault, or to the container or pod that lacks it."""

    path: Path
    message: str


class Secured(NamedTuple):
    """A pod or container that has, or could have, a securityContext."""

    name: str
    """As messages name it: `container app`."""
    path: Path
    context: dict[str, Any]

    def field(self, *path: str | int) -> Path:
        """Give the path of a field of the securityContext."""
        return (*self.path, "securityContext", *path)


def secured_pod(pod: Pod) -> Secured:
    """Give the pod's own securityContext."""
    return Secured("the pod", pod.spec_path, mapping(pod.spec, "securityContext"))


def secured_containers(pod: Pod) -> list[Secured]:
    """Give the securityContext of each container, of whichever list."""
    return [
        Secured(f"container {container.get('name', path[-1])}", path, mapping(container, "securityContext"))
        for path, container in pod.containers()
    ]


def secured(pod: Pod) -> list[Secured]:
    """Give the securityContext of the pod and of each container."""
    return [secured_pod(pod), *secured_containers(pod)]


def is_for_windows(pod: Pod, version: int) -> bool:
    """Tell whether a pod is for Windows and a version of the standard excuses it for that."""
    return version >= _WINDOWS_SINCE and mapping(pod.spec, "os").get("name") == "windows"


def is_in_user_namespace(pod: Pod, version: int) -> bool:
    """Tell whether a pod has users of its own and a version of the standard trusts them."""
    return version >= _USER_NAMESPACES_SINCE and pod.spec.get("hostUsers") is False
