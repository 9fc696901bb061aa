"""NetworkPolicies let a workload reach the Services that its environment names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.calls import calls_in
from itdo_platform_gen.checks.isolation import to_port
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.services import pods_of_service, ports_of_service, resolved
from itdo_platform_gen.checks.unmatched import softened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.calls import Call
    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    if not world.of_kind("NetworkPolicy"):
        return
    for call in calls_in(world):
        cut = _cut(call, world)
        if cut is not None:
            sure = {call.pod.document.namespace, call.service.namespace} <= world.complete
            message = f"expected a way to Service/{call.service.name}, got none: {cut}"
            finding = Finding(call.pod.document, call.path, message)
            yield finding if sure else softened(finding)


def _cut(call: Call, world: World) -> str | None:
    """Say what cuts a call, None where some pod of the Service can be reached."""
    reason = None
    isolation = world.isolation
    for target in pods_of_service(call.service, world):
        for port in ports_of_service(call.service):
            number = resolved(port, target) if call.port in (None, port.number) else None
            if number is None:
                continue
            connection = to_port(number, port.protocol, target)
            if not isolation.lets(call.pod, "egress", connection, target):
                policy = isolation.of(call.pod, "egress")[0]
                reason = f"no policy beside NetworkPolicy/{policy.name} lets it out to port {number}"
            elif not isolation.lets(target, "ingress", connection, call.pod):
                policy = isolation.of(target, "ingress")[0]
                reason = f"no policy beside NetworkPolicy/{policy.name} lets it in at port {number}"
            else:
                return None
    return reason


_GOOD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: store, namespace: dev}
spec:
  podSelector: {matchLabels: {app: store}}
  policyTypes: [Ingress]
  ingress:
    - from: [{podSelector: {matchLabels: {app: shop}}}]
      ports: [{port: 5432}]
---
apiVersion: v1
kind: Service
metadata: {name: store, namespace: dev}
spec:
  selector: {app: store}
  ports: [{port: 5432}]
---
apiVersion: v1
kind: Pod
metadata: {name: store, namespace: dev, labels: {app: store}}
spec: {containers: [{name: app, image: "store:1.0"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: dev, labels: {app: shop}}
spec:
  containers:
    - name: app
      image: app:1.0
      env: [{name: DATABASE_HOST, value: store}]
"""

RULE = Rule(
    code="K8S222",
    title="policies that cut callers",
    effect="fails",
    reason="What NetworkPolicies do not let through between a pod and a Service it needs times out.",
    fix="allow the egress of the one and the ingress of the other",
    good=_GOOD,
    bad=_GOOD.replace("matchLabels: {app: shop}}}]", "matchLabels: {app: cart}}}]"),
    world=_find,
)
