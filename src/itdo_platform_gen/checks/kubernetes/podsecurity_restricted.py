"""Pods give up what the restricted level of pod security asks them to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.podsecurity.standard import broken
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    yield from broken(world, "restricted")


_GOOD = """\
apiVersion: v1
kind: Namespace
metadata: {name: dev, labels: {pod-security.kubernetes.io/enforce: restricted}}
---
apiVersion: v1
kind: Pod
metadata: {name: app, namespace: dev}
spec:
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: app
      image: app:1.0
      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
"""

RULE = Rule(
    code="K8S181",
    title="restricted pod security",
    effect="refused",
    reason="Pod Security Admission refuses pods that keep more rights than they need, in namespaces that ask for it.",
    fix="set runAsNonRoot: true and seccompProfile.type: RuntimeDefault for the pod, and allowPrivilegeEscalation: "
    "false and capabilities.drop: [ALL] for each container",
    good=_GOOD,
    bad=_GOOD.replace("runAsNonRoot: true, ", ""),
    world=_find,
)
