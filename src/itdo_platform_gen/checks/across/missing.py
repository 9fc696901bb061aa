"""What documents refer to in a namespace that they make is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for reference in world.references:
        if world.presence(reference.kind, reference.namespace, reference.name) == "missing":
            names = world.names_of(reference.kind, reference.namespace)
            message = f"expected a {reference.kind} of namespace {reference.namespace}, got {reference.name}"
            message += ", which these documents do not make"
            yield Finding(reference.document, reference.path, message, suggest(reference.name, names))


_GOOD = """\
apiVersion: v1
kind: Namespace
metadata: {name: dev}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: dev}
data: {color: blue}
---
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: dev}
spec:
  containers:
    - name: app
      image: app:1.0
      envFrom: [{configMapRef: {name: settings}}]
"""

RULE = Rule(
    code="K8S203",
    title="references to what is missing",
    effect="fails",
    reason="Documents that make a namespace know all that is in it, and this is not: what needs it never starts.",
    fix="add it, correct the name, or declare it under external: in platform.yaml if it exists",
    good=_GOOD,
    bad=_GOOD.replace("configMapRef: {name: settings}", "configMapRef: {name: setting}"),
    world=_find,
)
