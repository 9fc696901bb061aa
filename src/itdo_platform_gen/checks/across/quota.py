"""What a namespace's workloads ask for in sum fits its ResourceQuota."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.quantity import parse_quantity, show_quantity
from itdo_platform_gen.checks.reading import at, items, mapping, mappings
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_REPLICAS = {
    "Deployment": "replicas",
    "StatefulSet": "replicas",
    "ReplicaSet": "replicas",
    "Job": "parallelism",
}
_COUNTED = {
    "ConfigMap": "configmaps",
    "PersistentVolumeClaim": "persistentvolumeclaims",
    "Secret": "secrets",
    "Service": "services",
}
_SHORT = {"cpu": "requests.cpu", "memory": "requests.memory"}
_MOST_NAMED = 4


@dataclass(slots=True)
class _Use:
    """What each document of a namespace uses, by resource name as quotas write it."""

    shares: dict[str, list[tuple[Fraction, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, resource: str, amount: Fraction, who: str) -> None:
        if amount:
            self.shares[resource].append((amount, who))

    def total(self, resource: str) -> Fraction:
        return sum((amount for amount, _ in self.shares[resource]), Fraction(0))


def _find(world: World) -> Iterator[Finding]:
    quotas = world.of_kind("ResourceQuota")
    if not quotas:
        return
    uses: dict[str, _Use] = defaultdict(_Use)
    defaults: dict[str, dict[str, dict[str, Any]]] = {}
    for document in world.documents:
        namespace = document.namespace
        if namespace not in defaults:
            defaults[namespace] = _defaults(world, namespace)
        _count(document, uses[namespace], defaults[namespace])
    for quota in quotas:
        hard = mapping(quota.data, "spec", "hard")
        if at(quota.data, "spec", "scopes") or at(quota.data, "spec", "scopeSelector"):
            continue
        use = uses[quota.namespace]
        for name, allowed in hard.items():
            resource = _SHORT.get(name) or name
            limit, total = parse_quantity(allowed), use.total(resource)
            if limit is not None and total > limit:
                message = _over(name, total, use.shares[resource], str(allowed))
                yield Finding(quota, ("spec", "hard", name), message)


def _over(name: str, total: Fraction, shares: list[tuple[Fraction, str]], allowed: str) -> str:
    largest = sorted(shares, key=lambda share: -share[0])
    named = ", ".join(f"{who} {show_quantity(amount)}" for amount, who in largest[:_MOST_NAMED])
    rest = f" and {len(largest) - _MOST_NAMED} more" if len(largest) > _MOST_NAMED else ""
    return f"{name}: {show_quantity(total)} asked for in sum, {allowed} allowed ({named}{rest})"


def _count(document: Document, use: _Use, defaults: dict[str, dict[str, Any]]) -> None:
    who = document.resource or document.kind
    counted = _COUNTED.get(document.kind)
    if counted is not None:
        use.add(counted, Fraction(1), who)
    if document.kind == "PersistentVolumeClaim":
        _storage(document.data, 1, who, use)
    replicas = 1
    if document.kind in _REPLICAS:
        asked = at(document.data, "spec", _REPLICAS[document.kind])
        replicas = asked if isinstance(asked, int) else 1
        pod = at(document.data, "spec", "template", "spec")
        for claim in items(document.data, "spec", "volumeClaimTemplates"):
            use.add("persistentvolumeclaims", Fraction(replicas), who)
            _storage(claim, replicas, who, use)
    elif document.kind == "Pod":
        pod = at(document.data, "spec")
    else:
        return
    use.add("pods", Fraction(replicas), who)
    for resource in ("cpu", "memory", "ephemeral-storage"):
        for side, fallback in (("requests", "defaultRequest"), ("limits", "default")):
            amount = _pod_amount(pod, side, resource, defaults.get(fallback, {}))
            use.add(f"{side}.{resource}", amount * replicas, who)


def _storage(claim: object, replicas: int, who: str, use: _Use) -> None:
    amount = parse_quantity(at(claim, "spec", "resources", "requests", "storage"))
    use.add("requests.storage", (amount or Fraction(0)) * replicas, who)


def _pod_amount(pod: object, side: str, resource: str, defaults: dict[str, Any]) -> Fraction:
    """Give what the scheduler counts: containers and sidecars, or the largest init container, plus overhead."""

    def amount(container: object) -> Fraction:
        asked = at(container, "resources", side, resource)
        if asked is None and side == "requests":  # a limit alone is also the request
            asked = at(container, "resources", "limits", resource)
        return parse_quantity(asked if asked is not None else defaults.get(resource)) or Fraction(0)

    running = sum((amount(container) for container in items(pod, "containers")), Fraction(0))
    largest = Fraction(0)
    for container in items(pod, "initContainers"):
        if at(container, "restartPolicy") == "Always":
            running += amount(container)
        else:
            largest = max(largest, amount(container))
    overhead = parse_quantity(at(pod, "overhead", resource)) or Fraction(0)
    return max(running, largest) + overhead


def _defaults(world: World, namespace: str) -> dict[str, dict[str, Any]]:
    """Give what the namespace's LimitRanges fill in for a container that says nothing."""
    found: dict[str, dict[str, Any]] = {}
    for document in world.of_kind("LimitRange"):
        for _, limit in mappings(document.data, "spec", "limits"):
            if document.namespace == namespace and at(limit, "type") == "Container":
                for side in ("default", "defaultRequest"):
                    found[side] = {**found.get(side, {}), **mapping(limit, side)}
    return found


_GOOD = """\
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota, namespace: dev}
spec: {hard: {requests.cpu: "1"}}
---
apiVersion: v1
kind: Pod
metadata: {name: small, namespace: dev}
spec: {containers: [{name: app, image: "app:1.0", resources: {requests: {cpu: 500m}}}]}
"""

RULE = Rule(
    code="K8S201",
    title="requests and quota",
    effect="fails",
    reason="Pods, claims and services beyond a namespace's quota are refused when they are created.",
    fix="raise the quota, or lower requests or replicas",
    good=_GOOD,
    bad=_GOOD.replace("500m", "1500m"),
    world=_find,
)
