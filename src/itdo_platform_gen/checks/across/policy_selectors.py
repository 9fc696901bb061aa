"""A NetworkPolicy is for pods that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.unmatched import softened, unmatched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for policy in world.builtin("NetworkPolicy"):
        selector = mapping(policy.data, "spec", "podSelector")
        pods = world.selection.by_namespace.get(policy.namespace)
        if pods and any(selector.values()) and not world.selection.matching(policy.namespace, selector):
            for finding in unmatched(policy, ("spec", "podSelector"), selector, world):
                yield softened(finding)


_GOOD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shop, namespace: dev}
spec:
  podSelector: {matchLabels: {app: shop}}
  policyTypes: [Ingress]
  ingress: [{from: [{namespaceSelector: {}}]}]
---
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: dev, labels: {app: shop}}
spec: {containers: [{name: app, image: "app:1.0"}]}
"""

RULE = Rule(
    code="K8S207",
    title="pods of NetworkPolicies",
    effect="advice",
    reason="A NetworkPolicy whose selector matches no pod neither opens nor closes anything.",
    fix="give its podSelector the labels of the pod template",
    good=_GOOD,
    bad=_GOOD.replace("podSelector: {matchLabels: {app: shop}}", "podSelector: {matchLabels: {app: store}}"),
    world=_find,
)
