"""NetworkPolicies let an ingress controller reach what an Ingress leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.isolation import to_port
from itdo_platform_gen.checks.reading import mapping, text
from itdo_platform_gen.checks.references import backends_of
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.services import pods_of_service, ports_of_service, resolved
from itdo_platform_gen.checks.unmatched import softened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.references import Backend
    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    if not world.of_kind("NetworkPolicy"):
        return
    for ingress in world.builtin("Ingress"):
        told: set[str] = set()
        for backend in backends_of(ingress):
            policy = _cut(backend, world)
            if policy is not None and backend.name not in told:
                told.add(backend.name)
                sure = ingress.namespace in world.complete
                message = f"expected a way for the ingress controller to Service/{backend.name}, got none: "
                message += f"no policy beside NetworkPolicy/{policy} lets in what comes from another namespace"
                finding = Finding(ingress, (*backend.path, "name"), message)
                yield finding if sure else softened(finding)


def _cut(backend: Backend, world: World) -> str | None:
    """Give the name of a policy that cuts a backend, None where some pod of it can be reached."""
    service = world.find("Service", backend.document.namespace, backend.name)
    if service is None or not is_builtin(service):
        return None
    asked = mapping(backend.service, "port")
    cut = None
    for pod in pods_of_service(service, world):
        for port in ports_of_service(service):
            if text(asked, "name") != port.name and asked.get("number") != port.number:
                continue
            number = resolved(port, pod)
            if number is not None:
                if world.isolation.lets(pod, "ingress", to_port(number, port.protocol, pod), None):
                    return None
                cut = world.isolation.of(pod, "ingress")[0].name
    return cut


_GOOD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shop, namespace: dev}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}}]
      ports: [{port: 8080}]
---
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
---
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: dev, labels: {app: shop}}
spec: {containers: [{name: app, image: "app:1.0"}]}
"""

RULE = Rule(
    code="K8S221",
    title="policies that cut the ingress controller",
    effect="fails",
    reason="An Ingress whose pods let in nothing from the ingress controller's namespace answers with a timeout.",
    fix="allow ingress from the controller's namespace to the pods' port",
    good=_GOOD,
    bad=_GOOD.replace("ports: [{port: 8080}]", "ports: [{port: 80}]"),
    world=_find,
)
