"""An Ingress leads to a port that its Service has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import mapping, text
from itdo_platform_gen.checks.references import backends_of
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.services import ports_of_service
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.references import Backend
    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for ingress in world.builtin("Ingress"):
        for backend in backends_of(ingress):
            yield from _of_backend(backend, world)


def _of_backend(backend: Backend, world: World) -> Iterator[Finding]:
    service = world.find("Service", backend.document.namespace, backend.name)
    if service is None or not is_builtin(service):
        return
    ports = list(ports_of_service(service))
    port, path = mapping(backend.service, "port"), (*backend.path, "port")
    name, number = text(port, "name"), port.get("number")
    if name and name not in {p.name for p in ports}:
        message = f"expected the name of a port of Service/{service.name}, got {name}"
        yield Finding(backend.document, (*path, "name"), message, suggest(name, {p.name for p in ports if p.name}))
    elif isinstance(number, int) and number and number not in [p.number for p in ports]:
        message = f"expected a port of Service/{service.name}, got {number}"
        numbers = ", ".join(str(p.number) for p in ports)
        targets = [p.number for p in ports if p.target == number]
        hint = f"{number} is the pods' port, the Service's is {targets[0]}" if targets else f"there is: {numbers}"
        yield Finding(backend.document, (*path, "number"), message, hint if ports else None)


_GOOD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: dev}
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: shop, port: {number: 80}}}
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: dev}
spec:
  selector: {app: shop}
  ports: [{port: 80, targetPort: 8080}]
"""

RULE = Rule(
    code="K8S209",
    title="ports of Ingress backends",
    effect="fails",
    reason="An Ingress that leads to a port its Service does not have answers with an error.",
    fix="use the port of the Service, by number or by name, not that of the pods",
    good=_GOOD,
    bad=_GOOD.replace("number: 80}", "number: 8080}"),
    world=_find,
)
