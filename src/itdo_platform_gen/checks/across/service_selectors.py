"""A Service selects pods that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import mapping, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.services import pods_of_service
from itdo_platform_gen.checks.unmatched import unmatched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for service in world.builtin("Service"):
        labels = mapping(service.data, "spec", "selector")
        if labels and text(service.data, "spec", "type") != "ExternalName" and not pods_of_service(service, world):
            yield from unmatched(service, ("spec", "selector"), {"matchLabels": labels}, world)


_GOOD = """\
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: dev}
spec:
  selector: {app: shop}
  ports: [{port: 80}]
---
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: dev, labels: {app: shop}}
spec: {containers: [{name: app, image: "app:1.0"}]}
"""

RULE = Rule(
    code="K8S205",
    title="pods of Services",
    effect="fails",
    reason="A Service whose selector matches no pod has no endpoints: every connection to it is refused.",
    fix="give the Service's selector the labels of the pod template",
    good=_GOOD,
    bad=_GOOD.replace("selector: {app: shop}", "selector: {app: store}"),
    world=_find,
)
