"""Where a quota counts requests or limits, every container has some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.limits import NONE, limits_of
from itdo_platform_gen.checks.reading import items, mapping
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

# What a quota says, and the side and resource that a container then has to.
_DEMANDS = {
    "cpu": ("requests", "cpu"),
    "memory": ("requests", "memory"),
    "requests.cpu": ("requests", "cpu"),
    "requests.memory": ("requests", "memory"),
    "limits.cpu": ("limits", "cpu"),
    "limits.memory": ("limits", "memory"),
}


def _find(world: World) -> Iterator[Finding]:
    quotas: dict[str, dict[tuple[str, str], Document]] = {}
    for quota in world.builtin("ResourceQuota"):
        if not items(quota.data, "spec", "scopes") and not mapping(quota.data, "spec", "scopeSelector"):
            demands = (_DEMANDS[name] for name in mapping(quota.data, "spec", "hard") if name in _DEMANDS)
            for demand in demands:
                quotas.setdefault(quota.namespace, {}).setdefault(demand, quota)
    known = limits_of(world) if quotas else {}
    for pod in world.pods:
        asked = quotas.get(pod.document.namespace, {})
        if not asked or pod.document.kind == "PodTemplate" or mapping(pod.spec, "resources"):
            continue
        for path, container in pod.containers("initContainers", "containers"):
            requests, limits = known.get(pod.document.namespace, NONE).amounts(container)
            sides = {"requests": requests, "limits": limits}
            missing = [f"{side}.{name}" for side, name in asked if name not in sides[side]]
            if missing:
                quota = asked[next(demand for demand in asked if f"{demand[0]}.{demand[1]}" == missing[0])]
                message = f"expected {', '.join(missing)}, which ResourceQuota/{quota.name} counts, got none"
                yield Finding(pod.document, path, message)


_GOOD = """\
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota, namespace: dev}
spec: {hard: {requests.cpu: "1"}}
---
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: dev}
spec:
  containers:
    - name: app
      image: app:1.0
      resources: {requests: {cpu: 500m}}
"""

RULE = Rule(
    code="K8S212",
    title="requests where a quota counts them",
    effect="fails",
    reason="In a namespace whose quota counts a resource, the server refuses a pod that does not say what it takes.",
    fix="give the container resources, or add a LimitRange with defaults",
    good=_GOOD,
    bad=_GOOD.replace("resources: {requests: {cpu: 500m}}", "resources: {requests: {memory: 1Gi}}"),
    world=_find,
)
