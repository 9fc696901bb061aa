"""An Ingress that is written for one controller names its class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_OLD = "kubernetes.io/ingress.class"
_CONTROLLERS = {
    "nginx.ingress.kubernetes.io": "ingress-nginx",
    "nginx.org": "NGINX",
    "alb.ingress.kubernetes.io": "the AWS load balancer",
    "haproxy.org": "HAProxy",
    "haproxy-ingress.github.io": "HAProxy",
    "traefik.ingress.kubernetes.io": "Traefik",
    "konghq.com": "Kong",
}


def _find(ingress: Document, _: World) -> Iterator[Finding]:
    annotations = mapping(ingress.data, "metadata", "annotations")
    if not ingress.api_version.startswith("networking.k8s.io/") or annotations.get(_OLD):
        return
    if mapping(ingress.data, "spec").get("ingressClassName"):
        return
    for key in annotations:
        controller = _CONTROLLERS.get(str(key).partition("/")[0])
        if controller is not None:
            message = f"expected ingressClassName, as the annotations are for {controller}, got none"
            yield Finding(ingress, ("spec",), message)
            return


_GOOD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: dev, annotations: {nginx.ingress.kubernetes.io/ssl-redirect: "true"}}
spec:
  ingressClassName: nginx
  defaultBackend: {resource: {apiGroup: example.com, kind: Bucket, name: shop}}
"""

RULE = Rule(
    code="K8S241",
    title="classes of Ingresses",
    effect="advice",
    reason="Without a class the default controller takes an Ingress, or none; another one looks past its annotations.",
    fix="add spec.ingressClassName",
    good=_GOOD,
    bad=_GOOD.replace("  ingressClassName: nginx\n", ""),
    document=_find,
    kinds=("Ingress",),
)
