"""Ranges of addresses are written in the one form that newer servers take."""

from __future__ import annotations

from ipaddress import IPv6Network, ip_interface
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.addresses import network_of
from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at, items, mappings
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    for path, text in _ranges(document):
        network = network_of(text.strip()) if isinstance(text, str) else None
        if network is None or not isinstance(text, str):
            continue
        length = text.strip().rpartition("/")[2]
        if isinstance(network, IPv6Network) and network.network_address.ipv4_mapped is not None:
            yield Finding(document, path, f"expected no IPv4 address written as IPv6, got {text}")
        elif str(int(length)) != length or ip_interface(text.strip()).ip != network.network_address:
            yield Finding(document, path, f"expected {network}, got {text}", f"write {network}")


def _ranges(document: Document) -> Iterator[tuple[Path, object]]:
    data = document.data
    if document.kind == "Service":
        if at(data, "spec", "type") == "LoadBalancer":
            for index, text in enumerate(items(data, "spec", "loadBalancerSourceRanges")):
                yield ("spec", "loadBalancerSourceRanges", index), text
        return
    for side, peers in (("ingress", "from"), ("egress", "to")):
        for index, rule in mappings(data, "spec", side):
            for number, peer in mappings(rule, peers):
                place = ("spec", side, index, peers, number, "ipBlock")
                yield (*place, "cidr"), at(peer, "ipBlock", "cidr")
                for place_in, text in enumerate(items(peer, "ipBlock", "except")):
                    yield (*place, "except", place_in), text


_GOOD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shop}
spec:
  podSelector: {}
  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]
"""

RULE = Rule(
    code="K8S115",
    title="canonical ranges of addresses",
    effect="refused",
    reason="Kubernetes takes only ranges that start at their first address, since programs read others differently.",
    fix="write the range's first address, such as 10.0.0.0/8",
    good=_GOOD,
    bad=_GOOD.replace("10.0.0.0/8", "10.0.0.1/8"),
    document=_find,
    kinds=("NetworkPolicy", "Service"),
    since="1.36",
)
