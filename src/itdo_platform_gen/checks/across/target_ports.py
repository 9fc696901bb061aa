"""A Service's port leads to one that its pods' containers declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.services import pods_of_service, ports_of_pod, ports_of_service, resolved
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.services import ContainerPort, ServicePort
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document


def _find(world: World) -> Iterator[Finding]:
    for service in world.builtin("Service"):
        pods = pods_of_service(service, world)
        if not pods:
            continue
        declared = [ports_of_pod(pod) for pod in pods]
        every = [port for ports in declared for port in ports]
        for port in ports_of_service(service):
            if isinstance(port.target, str):
                if not any(resolved(port, pod) is not None for pod in pods):
                    yield _unnamed(service, port, every)
            elif all(declared) and not any((p.number, p.protocol) == (port.target, port.protocol) for p in every):
                yield _undeclared(service, port, every)


def _unnamed(service: Document, port: ServicePort, every: list[ContainerPort]) -> Finding:
    path = ("spec", "ports", port.index, "targetPort")
    other = next((p for p in every if p.name == port.target), None)
    if other is not None:
        message = f"expected {other.protocol}, which the pods' port {port.target} speaks, got {port.protocol}"
        return Finding(service, ("spec", "ports", port.index), message, f"set protocol: {other.protocol}")
    message = f"expected the name of a port of the selected pods, got {port.target}"
    return Finding(service, path, message, suggest(str(port.target), {p.name for p in every if p.name}))


def _undeclared(service: Document, port: ServicePort, every: list[ContainerPort]) -> Finding:
    path = ("spec", "ports", port.index, "targetPort" if port.said else "port")
    numbers = ", ".join(f"{p.number}" for p in dict.fromkeys(every))
    message = f"expected a port that the selected pods declare ({numbers}), got {port.target}"
    hint = "lead to a port that is declared, or declare this one"
    return Finding(service, path, message, hint, effect="advice", severity="notice")


_GOOD = """\
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: dev}
spec:
  selector: {app: shop}
  ports: [{port: 80, targetPort: http}]
---
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: dev, labels: {app: shop}}
spec:
  containers:
    - name: app
      image: app:1.0
      ports: [{name: http, containerPort: 8080}]
"""

RULE = Rule(
    code="K8S208",
    title="target ports of Services",
    effect="fails",
    reason="A Service's port that names one which no pod has leads nowhere.",
    fix="name a port as the pods' containers do, with the same protocol",
    good=_GOOD,
    bad=_GOOD.replace("targetPort: http", "targetPort: web"),
    world=_find,
)
