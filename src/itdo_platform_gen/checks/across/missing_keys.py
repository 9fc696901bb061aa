"""The keys that are asked of a ConfigMap or Secret among the documents are in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.reference import Reference
    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for reference in world.references:
        known = _keys(reference, world) if reference.keys else None
        if known is not None:
            for path, key in reference.keys:
                if key not in known:
                    message = f"expected a key of {reference.full_name}, got {key}"
                    yield Finding(reference.document, path, message, suggest(key, known))


def _keys(reference: Reference, world: World) -> frozenset[str] | None:
    """Give the keys of what is referred to, None where not all that makes it tells them."""
    makers = world.made(reference.kind, reference.namespace, reference.name)
    keys = [made.keys for made in makers if made.keys is not None]
    return frozenset().union(*keys) if keys and len(keys) == len(makers) else None


_GOOD = """\
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
      env: [{name: COLOR, valueFrom: {configMapKeyRef: {name: settings, key: color}}}]
"""

RULE = Rule(
    code="K8S204",
    title="keys of ConfigMaps and Secrets",
    effect="fails",
    reason="A container does not start while a key that its environment or a volume asks for is not there.",
    fix="add the key, correct it, or make the reference optional",
    good=_GOOD,
    bad=_GOOD.replace("key: color", "key: colour"),
    world=_find,
)
