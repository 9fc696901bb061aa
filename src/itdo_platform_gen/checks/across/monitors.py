"""A ServiceMonitor or PodMonitor scrapes what is there, at a port that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import group_of
from itdo_platform_gen.checks.pods import Pod
from itdo_platform_gen.checks.reading import items, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.selection import Selection
from itdo_platform_gen.checks.services import ports_of_pod, ports_of_service
from itdo_platform_gen.checks.unmatched import shown
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_GROUP = "monitoring.coreos.com"
_ENDPOINTS = {"ServiceMonitor": "endpoints", "PodMonitor": "podMetricsEndpoints"}


def _find(world: World) -> Iterator[Finding]:
    # Services are chosen by their labels as pods are.
    services = Selection(Pod(d, (), mapping(d.data, "metadata"), {}) for d in world.builtin("Service"))
    for monitor in world.of_kind(*_ENDPOINTS):
        if group_of(monitor) == _GROUP:
            yield from _of_monitor(monitor, services, world)


def _of_monitor(monitor: Document, services: Selection, world: World) -> Iterator[Finding]:
    selector = mapping(monitor.data, "spec", "selector")
    ports: list[str] = []
    found = False
    namespaces = _namespaces(monitor, world)
    for namespace in namespaces:
        if monitor.kind == "PodMonitor":
            for pod in world.selection.matching(namespace, selector):
                found = True
                ports += [port.name for port in ports_of_pod(pod) if port.name]
        else:
            for service in services.matching(namespace, selector):
                found = True
                ports += [port.name for port in ports_of_service(service.document) if port.name]
    sure = bool(namespaces) and all(world.knows_pods(namespace) for namespace in namespaces)
    if found:
        yield from _of_ports(monitor, ports)
    elif sure:
        what = "pod" if monitor.kind == "PodMonitor" else "Service"
        message = f"expected labels of a {what} in namespace {', '.join(namespaces)}, got {shown(selector)}"
        yield Finding(monitor, ("spec", "selector"), f"{message}, which none has")


def _of_ports(monitor: Document, ports: list[str]) -> Iterator[Finding]:
    field = _ENDPOINTS[monitor.kind]
    what = "pods" if monitor.kind == "PodMonitor" else "Services"
    for index, endpoint in mappings(monitor.data, "spec", field):
        port = text(endpoint, "port")
        if port and port not in ports:
            message = f"expected the name of a port of the selected {what}, got {port}"
            hint = suggest(port, set(ports)) or f"give the port of the {what} that name"
            yield Finding(monitor, ("spec", field, index, "port"), message, hint)


def _namespaces(monitor: Document, world: World) -> list[str]:
    chosen = mapping(monitor.data, "spec", "namespaceSelector")
    if chosen.get("any") is True:
        return sorted({document.namespace for document in world.documents})
    named = [name for name in items(chosen, "matchNames") if isinstance(name, str)]
    return named or [monitor.namespace]


_GOOD = """\
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: shop, namespace: dev}
spec:
  selector: {matchLabels: {app: shop}}
  endpoints: [{port: http}]
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: dev, labels: {app: shop}}
spec:
  selector: {app: shop}
  ports: [{name: http, port: 80}]
"""

RULE = Rule(
    code="K8S219",
    title="targets of monitors",
    effect="fails",
    reason="A monitor that selects nothing, or names a port that what it selects does not have, scrapes nothing.",
    fix="give its selector the labels, and its endpoints the port names, of the Service or the pods",
    good=_GOOD,
    bad=_GOOD.replace("port: http}", "port: metrics}"),
    world=_find,
)
