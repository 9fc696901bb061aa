"""A workload is scaled by one autoscaler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.across.scaled_replicas import GOOD
from itdo_platform_gen.checks.reading import text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document


def _find(world: World) -> Iterator[Finding]:
    first: dict[tuple[str, str, str], Document] = {}
    for scaler in world.builtin("HorizontalPodAutoscaler"):
        kind, name = (text(scaler.data, "spec", "scaleTargetRef", field) for field in ("kind", "name"))
        other = first.setdefault((scaler.namespace, kind, name), scaler)
        if kind and name and other is not scaler and other.name != scaler.name:
            message = f"expected one autoscaler of {kind}/{name}, got another one, besides {other.resource}"
            yield Finding(scaler, ("spec", "scaleTargetRef", "name"), message)


_HEAD = GOOD.partition("---\n")[0]

RULE = Rule(
    code="K8S214",
    title="autoscalers of one workload",
    effect="fails",
    reason="Two HorizontalPodAutoscalers of one workload are ambiguous, and the controller scales by neither.",
    fix="join them: one autoscaler takes several metrics",
    good=GOOD,
    bad=f"{GOOD}---\n{_HEAD.replace('name: shop, namespace', 'name: shop-memory, namespace')}",
    world=_find,
)
