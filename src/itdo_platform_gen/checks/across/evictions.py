"""A PodDisruptionBudget lets some pod be evicted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import at, mapping
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.scaling import SCALED, scaled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_NONE = (0, "0%")
_ALL = "100%"


def _find(world: World) -> Iterator[Finding]:
    autoscaled = {(target.namespace, target.resource) for _, target in scaled(world)}
    for budget in world.builtin("PodDisruptionBudget"):
        spec = mapping(budget.data, "spec")
        if spec.get("maxUnavailable") in _NONE and not isinstance(spec.get("maxUnavailable"), bool):
            message = f"expected at least 1, so that some pod can be evicted, got {spec['maxUnavailable']}"
            yield Finding(budget, ("spec", "maxUnavailable"), message)
        least = spec.get("minAvailable")
        if least == _ALL:
            yield Finding(budget, ("spec", "minAvailable"), "expected less than all pods, got 100%")
        elif isinstance(least, int) and least > 0:
            replicas = _replicas(budget, world, autoscaled)
            if replicas is not None and least >= replicas:
                message = f"expected less than the {replicas} replicas of its pods, got {least}"
                yield Finding(budget, ("spec", "minAvailable"), message)


def _replicas(budget: Document, world: World, autoscaled: Collection[tuple[str, str | None]]) -> int | None:
    """Give how many pods a budget selects, None where that is not written."""
    total = 0
    for pod in world.selection.matching(budget.namespace, mapping(budget.data, "spec", "selector")):
        document = pod.document
        count = at(document.data, "spec", "replicas") if document.kind in SCALED else None
        if document.kind not in {"Pod", *SCALED} or (document.namespace, document.resource) in autoscaled:
            return None
        total += count if isinstance(count, int) else 1
    return total or None


_GOOD = """\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop, namespace: dev}
spec:
  minAvailable: 1
  selector: {matchLabels: {app: shop}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: dev}
spec:
  replicas: 2
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: app, image: "app:1.0"}]}
"""

RULE = Rule(
    code="K8S217",
    title="budgets that allow no eviction",
    effect="advice",
    reason="A node with a pod that may never be evicted cannot be drained, so that upgrades of the cluster stop there.",
    fix="let one pod be away: maxUnavailable: 1, or more replicas than minAvailable",
    good=_GOOD,
    bad=_GOOD.replace("minAvailable: 1", "minAvailable: 2"),
    world=_find,
)
