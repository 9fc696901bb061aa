"""Scaling: HorizontalPodAutoscalers and the workloads they scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

SCALED = frozenset({"Deployment", "ReplicaSet", "StatefulSet"})


def scaled(world: World) -> Iterator[tuple[Document, Document]]:
    """Give each autoscaler with the workload among the documents that it scales."""
    for scaler in world.builtin("HorizontalPodAutoscaler"):
        kind = text(scaler.data, "spec", "scaleTargetRef", "kind")
        target = world.find(kind, scaler.namespace, text(scaler.data, "spec", "scaleTargetRef", "name"))
        if kind in SCALED and target is not None and is_builtin(target):
            yield scaler, target
