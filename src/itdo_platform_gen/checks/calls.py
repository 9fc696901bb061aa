"""Calls: the Services that a pod's environment says it connects to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import mappings, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_LONGEST = 2000
_NAME = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
# A host after `://`, with credentials before it or not, or one with its port.
_HOST = re.compile(rf"(?:://(?:[^/@\s]*@)?|(?:^|[,\s=@]))({_NAME}(?:\.{_NAME})*)(?::(\d{{1,5}}))?(?=[/,?\s]|$)")
# What a variable is called that holds a bare host: POSTGRES_DB=postgres is none.
_SAYS_HOST = re.compile(r"HOST|SERVER|ADDR|ENDPOINT|UPSTREAM")


@dataclass(frozen=True, slots=True)
class Call:
    """A connection that the environment of a pod asks for: from the pod, to a Service, and its port if it says one."""

    pod: Pod
    path: Path
    service: Document
    port: int | None


def calls_in(world: World) -> Iterator[Call]:
    """Give the Services among the documents that the environment of pods names as hosts."""
    for pod in world.selection.all:
        for path, container in pod.containers("initContainers", "containers"):
            for index, variable in mappings(container, "env"):
                value = text(variable, "value")
                if value and len(value) <= _LONGEST:
                    for host, port in _hosts(text(variable, "name"), value):
                        service = _service(host, pod, world)
                        if service is not None:
                            yield Call(pod, (*path, "env", index, "value"), service, port)


def _hosts(variable: str, value: str) -> Iterator[tuple[str, int | None]]:
    for match in _HOST.finditer(value):
        host, port = match.groups()
        if port or "://" in match.group() or ".svc" in host or _SAYS_HOST.search(variable.upper()):
            yield host, int(port) if port else None


def _service(host: str, pod: Pod, world: World) -> Document | None:
    """Give the Service a host names: `name`, `name.namespace`, `name.namespace.svc` and what follows."""
    parts = host.split(".")
    namespace = parts[1] if len(parts) > 1 else pod.document.namespace
    if len(parts) > 2 and parts[2] != "svc":  # noqa: PLR2004  name, namespace, svc
        return None
    service = world.find("Service", namespace, parts[0])
    return service if service is not None and is_builtin(service) else None
