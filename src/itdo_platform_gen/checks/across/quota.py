"""What a namespace's workloads ask for in sum fits its ResourceQuota."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.group import group_of, is_builtin
from itdo_platform_gen.checks.limits import NONE, limits_of
from itdo_platform_gen.checks.quantity import parse_quantity, show_quantity
from itdo_platform_gen.checks.reading import at, items, mapping
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.scaling import scaled
from itdo_platform_gen.checks.unmatched import softened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.limits import Limits
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
_PLURALS = {"Ingress": "ingresses", "NetworkPolicy": "networkpolicies"}
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
    quotas = world.builtin("ResourceQuota")
    if not quotas:
        return
    uses: dict[str, _Use] = defaultdict(_Use)
    most: dict[str, _Use] = defaultdict(_Use)
    known = limits_of(world)
    highest = {id(target): at(scaler.data, "spec", "maxReplicas") for scaler, target in scaled(world)}
    counted = {quota.namespace for quota in quotas}
    elastic = {target.namespace for _, target in scaled(world)}
    for document in world.documents:
        if document.namespace not in counted:
            continue
        limits = known.get(document.namespace, NONE)
        _count(document, uses[document.namespace], limits)
        if document.namespace in elastic:
            _count(document, most[document.namespace], limits, highest.get(id(document)))
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
            elif limit is not None and most[quota.namespace].total(resource) > limit:
                total, shares = most[quota.namespace].total(resource), most[quota.namespace].shares[resource]
                message = _over(name, total, shares, str(allowed)) + " when autoscalers are at their maximum"
                yield softened(Finding(quota, ("spec", "hard", name), message))


def _over(name: str, total: Fraction, shares: list[tuple[Fraction, str]], allowed: str) -> str:
    largest = sorted(shares, key=lambda share: -share[0])
    named = ", ".join(f"{who} {show_quantity(amount)}" for amount, who in largest[:_MOST_NAMED])
    rest = f" and {len(largest) - _MOST_NAMED} more" if len(largest) > _MOST_NAMED else ""
    return f"{name}: {show_quantity(total)} asked for in sum, {allowed} allowed ({named}{rest})"


def _count(document: Document, use: _Use, limits: Limits, highest: object = None) -> None:
    """Add what a document uses, with as many replicas as its autoscaler goes to if that is given."""
    if not is_builtin(document):
        return
    who = document.resource or document.kind
    counted = _COUNTED.get(document.kind)
    if counted is not None:
        use.add(counted, Fraction(1), who)
    _count_objects(document, use, who)
    if document.kind == "PersistentVolumeClaim":
        _storage(document.data, 1, who, use)
    replicas = 1
    if document.kind in _REPLICAS:
        asked = highest if highest is not None else at(document.data, "spec", _REPLICAS[document.kind])
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
        for side, fallback in (("requests", limits.requests), ("limits", limits.limits)):
            use.add(f"{side}.{resource}", _pod_amount(pod, side, resource, fallback) * replicas, who)


def _count_objects(document: Document, use: _Use, who: str) -> None:
    plural = _PLURALS.get(document.kind) or f"{document.kind.lower()}s"
    group = group_of(document)
    use.add(f"count/{plural}.{group}" if group else f"count/{plural}", Fraction(1), who)
    if document.kind == "Service":
        kind = at(document.data, "spec", "type")
        balanced = kind == "LoadBalancer"
        ports = len(items(document.data, "spec", "ports"))
        use.add("services.loadbalancers", Fraction(balanced), who)
        if kind == "NodePort" or (balanced and at(document.data, "spec", "allocateLoadBalancerNodePorts") is not False):
            use.add("services.nodeports", Fraction(ports), who)


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
