"""Pods ask for nothing that the baseline level of pod security forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.podsecurity.standard import broken
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    yield from broken(world, "baseline")


_GOOD = """\
apiVersion: v1
kind: Namespace
metadata: {name: dev, labels: {pod-security.kubernetes.io/enforce: baseline}}
---
apiVersion: v1
kind: Pod
metadata: {name: app, namespace: dev}
spec: {hostPID: false, containers: [{name: app, image: "app:1.0"}]}
"""

RULE = Rule(
    code="K8S180",
    title="baseline pod security",
    effect="refused",
    reason="Pod Security Admission refuses pods that reach into their node, in namespaces that enforce a level.",
    fix="leave it out, or move the pod to a namespace that is meant for privileged pods",
    good=_GOOD,
    bad=_GOOD.replace("false", "true"),
    world=_find,
)
