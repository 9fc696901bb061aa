"""Services: the ports they offer, and where in a pod those lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import mapping, mappings, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

TCP = "TCP"
SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges"
"""The annotation that stood for spec.loadBalancerSourceRanges, and still does where that is empty."""


@dataclass(frozen=True, slots=True)
class ContainerPort:
    """A port that a container declares."""

    number: int
    name: str
    protocol: str


@dataclass(frozen=True, slots=True)
class ServicePort:
    """A port of a Service: its place in the list, and the number or name it leads to."""

    index: int
    name: str
    number: object
    protocol: str
    target: object
    said: bool
    """Whether targetPort is written."""


def ports_of_pod(pod: Pod) -> list[ContainerPort]:
    """Give every port that a pod's containers declare."""
    return [
        ContainerPort(port["containerPort"], text(port, "name"), text(port, "protocol") or TCP)
        for _, container in pod.containers("initContainers", "containers")
        for _, port in mappings(container, "ports")
        if isinstance(port.get("containerPort"), int)
    ]


def ports_of_service(service: Document) -> Iterator[ServicePort]:
    """Give the ports of a Service."""
    for index, port in mappings(service.data, "spec", "ports"):
        target = port.get("targetPort")
        said = target not in (None, "", 0)
        number = port.get("port")
        protocol = text(port, "protocol") or TCP
        yield ServicePort(index, text(port, "name"), number, protocol, target if said else number, said)


def pods_of_service(service: Document, world: World) -> Sequence[Pod]:
    """Give the pods a Service selects: none where it has no selector, or leads to a name outside."""
    selector = mapping(service.data, "spec", "selector")
    if not selector or text(service.data, "spec", "type") == "ExternalName":
        return ()
    return world.selection.labelled(service.namespace, selector)


def resolved(port: ServicePort, pod: Pod) -> int | None:
    """Give the number of a pod's port that a Service's port leads to, None where there is none."""
    if isinstance(port.target, str):
        ports = ports_of_pod(pod)
        return next((p.number for p in ports if p.name == port.target and p.protocol == port.protocol), None)
    return port.target if isinstance(port.target, int) else None
