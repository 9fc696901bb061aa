"""The ports of a Service can be told apart, and one that needs some has some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at, items, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_PATH = ("spec", "ports")
_WITH_NODE_PORTS = {"LoadBalancer", "NodePort"}


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    spec = mapping(document.data, "spec")
    kind = text(spec, "type") or "ClusterIP"
    ports = list(mappings(spec, "ports"))
    headless = spec.get("clusterIP") == "None"
    if not items(spec, "ports") and spec.get("ports") in (None, []) and kind != "ExternalName" and not headless:
        message = "expected at least one port, got none"
        yield Finding(document, _PATH, message, "only headless services (clusterIP: None) and external names need none")
    seen: dict[object, int] = {}
    for index, port in ports:
        name = port.get("name")
        if not name and name in (None, "") and len(ports) > 1:
            message = "expected a name, as there are several ports, got none"
            yield Finding(document, (*_PATH, index, "name"), message, "name each port, such as http")
        key = (text(port, "protocol") or "TCP", port.get("port"))
        for kept, told, field in (
            (name or None, f"name {name}", "name"),
            (key if isinstance(key[1], int) else None, f"port {key[1]} with {key[0]}", "port"),
        ):
            if kept is None or not isinstance(kept, str | tuple):
                continue
            if kept in seen:
                message = f"{told} stands already at spec.ports[{seen[kept]}]"
                yield Finding(document, (*_PATH, index, field), message)
            else:
                seen[kept] = index
        if kind not in _WITH_NODE_PORTS and port.get("nodePort"):
            message = f"expected no nodePort in a service of type {kind}, got {port['nodePort']}"
            yield Finding(document, (*_PATH, index, "nodePort"), message, "use type: NodePort, or leave it out")
    yield from _node_ports(document, kind, ports)


def _node_ports(document: Document, kind: object, ports: list[tuple[int, dict[str, object]]]) -> Iterator[Finding]:
    seen: dict[object, int] = {}
    for index, port in ports:
        number = port.get("nodePort")
        key = (str(port.get("protocol", "TCP")), number)
        if kind not in _WITH_NODE_PORTS or not number or not isinstance(number, int):
            continue
        if key in seen:
            message = f"nodePort {number} with {key[0]} stands already at spec.ports[{seen[key]}]"
            yield Finding(document, (*_PATH, index, "nodePort"), message)
        else:
            seen[key] = index
    check = at(document.data, "spec", "healthCheckNodePort")
    if isinstance(check, int) and check and ("TCP", check) in seen:
        message = f"nodePort {check} is the healthCheckNodePort too"
        yield Finding(document, (*_PATH, seen["TCP", check], "nodePort"), message)


_GOOD = """\
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  ports:
    - {name: http, port: 80, targetPort: 8080}
    - {name: metrics, port: 9090}
"""

RULE = Rule(
    code="K8S106",
    title="ports of Services",
    effect="refused",
    reason="Ports are told apart by name, and traffic by protocol and number.",
    fix="give each port a name and a number of its own",
    good=_GOOD,
    bad=_GOOD.replace("port: 9090", "port: 80"),
    document=_find,
    kinds=("Service",),
)
