"""A NetworkPolicy's empty list of peers is every peer there is, and not none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import mappings
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_PEERS = {"ingress": "from", "egress": "to"}


def _find(policy: Document, _: World) -> Iterator[Finding]:
    if not policy.api_version.startswith("networking.k8s.io/"):
        return
    for direction, key in _PEERS.items():
        for index, rule in mappings(policy.data, "spec", direction):
            if rule.get(key) == []:
                message = f"expected peers under {key}, got an empty list, which is everything inside and outside"
                yield Finding(policy, ("spec", direction, index, key), message)


_GOOD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: dev}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to: [{ipBlock: {cidr: 192.0.2.0/24}}]
      ports: [{protocol: TCP, port: 443}]
"""

RULE = Rule(
    code="K8S240",
    title="empty lists of peers",
    effect="advice",
    reason="An empty list of peers lets traffic to or from everywhere pass, where an author often means nowhere.",
    fix="name the peers, or leave the key out where everywhere is meant",
    good=_GOOD,
    bad=_GOOD.replace("[{ipBlock: {cidr: 192.0.2.0/24}}]", "[]"),
    document=_find,
    kinds=("NetworkPolicy",),
)
