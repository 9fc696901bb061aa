"""Pods that NetworkPolicies isolate can still ask DNS."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.calls import calls_in
from itdo_platform_gen.checks.isolation import Connection
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

# Where DNS answers: 5353 and 8053 are what the pods of some distributions listen on, behind port 53 of their Service.
_DNS = tuple(
    Connection(number, protocol, frozenset({"dns", "dns-tcp"}))
    for number in (53, 5353, 8053)
    for protocol in ("UDP", "TCP")
)
_MOST_NAMED = 3


def _find(world: World) -> Iterator[Finding]:
    cut: dict[int, list[str]] = defaultdict(list)
    policies: dict[int, Document] = {}
    failing: set[int] = set()
    callers = {id(call.pod) for call in calls_in(world)}
    for pod in world.selection.all:
        isolating = world.isolation.of(pod, "egress")
        if isolating and not any(world.isolation.lets(pod, "egress", dns, None) for dns in _DNS):
            policy = isolating[0]
            policies[id(policy)] = policy
            cut[id(policy)].append(pod.document.resource or "a pod")
            if id(pod) in callers and pod.document.namespace in world.complete:
                failing.add(id(policy))
    for key, policy in policies.items():
        names = list(dict.fromkeys(cut[key]))
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        message = f"expected a way to DNS (UDP and TCP 53), got none for {', '.join(names[:_MOST_NAMED])}{more}"
        sure = key in failing
        yield Finding(
            policy, ("spec", "podSelector"), message, None, "fails" if sure else None, "error" if sure else None
        )


_GOOD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shop, namespace: dev}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]
      ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
---
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: dev}
spec: {containers: [{name: app, image: "app:1.0"}]}
"""

RULE = Rule(
    code="K8S220",
    title="policies that cut DNS",
    effect="advice",
    reason="A pod whose egress is isolated and which cannot ask DNS finds no Service and no host by its name.",
    fix="allow egress to kube-system on UDP and TCP 53",
    good=_GOOD,
    bad=_GOOD.replace("port: 53}", "port: 443}"),
    world=_find,
)
