"""A NetworkPolicy that lets namespaces in by a label lets in all that carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import mapping, mappings
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.selectors import selects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World

_PEERS = {"ingress": "from", "egress": "to"}
_NAME = "kubernetes.io/metadata.name"


def _find(world: World) -> Iterator[Finding]:
    for policy in world.of_kind("NetworkPolicy"):
        own = world.find("Namespace", "", policy.namespace)
        if own is None:
            continue
        labels = mapping(own.data, "metadata", "labels")
        for direction, key in _PEERS.items():
            for index, rule in mappings(policy.data, "spec", direction):
                for number, peer in mappings(rule, key):
                    selector = mapping(peer, "namespaceSelector")
                    alone = any(mapping(selector, "matchLabels")) and not mapping(peer, "podSelector")
                    if alone and _NAME not in selector["matchLabels"] and selects(selector, labels):
                        place = ("spec", direction, index, key, number, "namespaceSelector")
                        message = f"this is not only {policy.namespace}, but every namespace with these labels"
                        yield Finding(policy, place, message)


_GOOD = """\
apiVersion: v1
kind: Namespace
metadata: {name: dev, labels: {type: development}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: isolation, namespace: dev}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {}}]}]
"""

RULE = Rule(
    code="K8S244",
    title="namespaces that share a label",
    effect="advice",
    reason="A label that a namespace has in common with others isolates it from none of them.",
    fix="use an empty podSelector without namespaceSelector for the policy's own namespace",
    good=_GOOD,
    bad=_GOOD.replace("{podSelector: {}}]", "{namespaceSelector: {matchLabels: {type: development}}}]"),
    world=_find,
)
