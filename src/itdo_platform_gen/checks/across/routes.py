"""Each host and path belongs to one Ingress rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

# Annotations that split the requests to one path: the same path twice is what they are for.
_SPLIT = ("nginx.ingress.kubernetes.io/canary", "alb.ingress.kubernetes.io/conditions")


def _find(world: World) -> Iterator[Finding]:
    first: dict[tuple[str, ...], Document] = {}
    for ingress in world.builtin("Ingress"):
        annotations = mapping(ingress.data, "metadata", "annotations")
        if any(str(key).startswith(_SPLIT) for key in annotations):
            continue
        controller = text(ingress.data, "spec", "ingressClassName") or text(annotations, "kubernetes.io/ingress.class")
        for place, host, route, how in _routes(ingress):
            # Ingresses without a host in several namespaces are variants for several clusters as likely as rivals.
            key = (controller, "" if host else ingress.namespace, host, route, how)
            other = first.get(key)
            if other is None:
                first[key] = ingress
            elif other is ingress or (other.name, other.namespace) != (ingress.name, ingress.namespace):
                message = f"expected one rule for {host}{route}, got another one, besides that of {other.resource}"
                yield Finding(ingress, place, message)


def _routes(ingress: Document) -> Iterator[tuple[Path, str, str, str]]:
    for index, rule in mappings(ingress.data, "spec", "rules"):
        for number, path in mappings(rule, "http", "paths"):
            place = ("spec", "rules", index, "http", "paths", number)
            yield place, text(rule, "host"), text(path, "path") or "/", text(path, "pathType")


_GOOD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: dev}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}
          - {path: /cart, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: dev}
spec:
  selector: {app: shop}
  ports: [{port: 80}]
"""

RULE = Rule(
    code="K8S218",
    title="routes claimed twice",
    effect="fails",
    reason="Of two rules for one host and path a controller follows one, and nothing says which.",
    fix="give one of them another host or path, or leave it out",
    good=_GOOD,
    bad=_GOOD.replace("path: /cart", "path: /"),
    world=_find,
)
