"""A PodDisruptionBudget selects pods that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.unmatched import unmatched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for budget in world.builtin("PodDisruptionBudget"):
        selector = mapping(budget.data, "spec", "selector")
        if selector and not world.selection.matching(budget.namespace, selector):
            yield from unmatched(budget, ("spec", "selector"), selector, world)


_GOOD = """\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop, namespace: dev}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: shop}}
---
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: dev, labels: {app: shop}}
spec: {containers: [{name: app, image: "app:1.0"}]}
"""

RULE = Rule(
    code="K8S206",
    title="pods of PodDisruptionBudgets",
    effect="fails",
    reason="A PodDisruptionBudget whose selector matches no pod protects nothing.",
    fix="give its selector the labels of the pod template",
    good=_GOOD,
    bad=_GOOD.replace("matchLabels: {app: shop}", "matchLabels: {app: store}"),
    world=_find,
)
