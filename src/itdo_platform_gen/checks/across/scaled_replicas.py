"""A workload that is scaled does not set its replicas too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import at
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.scaling import scaled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for scaler, target in scaled(world):
        replicas = at(target.data, "spec", "replicas")
        if replicas is not None:
            message = f"expected no replicas beside HorizontalPodAutoscaler/{scaler.name}, got {replicas}"
            yield Finding(target, ("spec", "replicas"), message)


GOOD = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: shop, namespace: dev}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
  maxReplicas: 3
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: dev}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: app
          image: app:1.0
          resources: {requests: {cpu: 100m}}
"""

RULE = Rule(
    code="K8S210",
    title="replicas beside an autoscaler",
    effect="advice",
    reason="Every apply sets the replicas back to what is written, until the autoscaler scales them again.",
    fix="leave spec.replicas out of the workload; minReplicas of the autoscaler holds",
    good=GOOD,
    bad=GOOD.replace("  selector: {matchLabels", "  replicas: 2\n  selector: {matchLabels"),
    world=_find,
)
