"""An Ingress that rewrites every path to one leaves nothing of the path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_TARGET = "nginx.ingress.kubernetes.io/rewrite-target"


def _find(ingress: Document, _: World) -> Iterator[Finding]:
    target = text(mapping(ingress.data, "metadata", "annotations"), _TARGET)
    # A group of the path, $1, keeps what it matched.
    if not target or "$" in target:
        return
    for _index, rule in mappings(ingress.data, "spec", "rules"):
        for _number, path in mappings(rule, "http", "paths"):
            if path.get("pathType") != "Exact":
                message = f"every path below {text(path, 'path') or '/'} is answered as {target}"
                yield Finding(ingress, ("metadata", "annotations", _TARGET), message)
                return


_GOOD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: dev, annotations: {nginx.ingress.kubernetes.io/rewrite-target: /$2}}
spec:
  ingressClassName: nginx
  rules:
    - http:
        paths:
          - path: /api(/|$)(.*)
            pathType: ImplementationSpecific
            backend: {resource: {apiGroup: example.com, kind: Bucket, name: shop}}
"""

RULE = Rule(
    code="K8S242",
    title="rewrites of Ingresses",
    effect="advice",
    reason="A rewrite target without a group such as $2 sends every path below a prefix to one and the same path.",
    fix="leave the annotation out, or keep the rest of the path with a group: /$2",
    good=_GOOD,
    bad=_GOOD.replace("/$2", "/").replace("/api(/|$)(.*)", "/api").replace("ImplementationSpecific", "Prefix"),
    document=_find,
    kinds=("Ingress",),
)
