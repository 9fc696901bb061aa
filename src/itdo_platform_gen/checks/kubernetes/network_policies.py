"""The peers and ports of a NetworkPolicy are ranges, selectors and ports that fit together."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.addresses import network_of
from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import items, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_MOST_TYPES = 2
_KEYS = ("podSelector", "namespaceSelector", "ipBlock")


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    types = items(document.data, "spec", "policyTypes")
    if len(types) > _MOST_TYPES:
        message = f"expected at most Ingress and Egress, got {show(types)}"
        yield Finding(document, ("spec", "policyTypes"), message, "name each once")
    for side, peers in (("ingress", "from"), ("egress", "to")):
        for index, rule in mappings(document.data, "spec", side):
            place = ("spec", side, index)
            for number, peer in mappings(rule, peers):
                for path, message in _peer(peer):
                    yield Finding(document, (*place, peers, number, *path), message)
            for number, port in mappings(rule, "ports"):
                for path, message in _port(port):
                    yield Finding(document, (*place, "ports", number, *path), message)


def _peer(peer: dict[str, object]) -> Iterator[tuple[Path, str]]:
    given = [key for key in _KEYS if peer.get(key) is not None]
    if not given:
        yield (), f"expected one of {', '.join(_KEYS)}, got none"
    elif "ipBlock" in given and len(given) > 1:
        yield ("ipBlock",), f"expected ipBlock alone, got {given[0]} too"
    cidr = text(peer, "ipBlock", "cidr")
    whole = network_of(cidr)
    for index, inner in enumerate(items(peer, "ipBlock", "except")):
        if not isinstance(inner, str):
            continue
        part = network_of(inner)
        path = ("ipBlock", "except", index)
        if part is not None and whole is not None and not _holds(whole, part):
            yield path, f"expected a range within {cidr} and smaller, got {inner}"


def _holds(whole: object, part: object) -> bool:
    if isinstance(whole, IPv4Network) and isinstance(part, IPv4Network):
        return part.subnet_of(whole) and part.prefixlen > whole.prefixlen
    if isinstance(whole, IPv6Network) and isinstance(part, IPv6Network):
        return part.subnet_of(whole) and part.prefixlen > whole.prefixlen
    return False


def _port(port: dict[str, object]) -> Iterator[tuple[Path, str]]:
    end, start = port.get("endPort"), port.get("port")
    if end is None or not isinstance(end, int):
        return
    if start is None:
        yield ("endPort",), "endPort needs port, the start of its range"
    elif isinstance(start, str):
        yield ("endPort",), f"endPort needs a number as port, got {show(start)}"
    elif isinstance(start, int) and 0 < end < start:
        yield ("endPort",), f"expected at least port ({start}), got {end}"


_GOOD = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shop}
spec:
  podSelector: {}
  ingress:
    - from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]
      ports: [{port: 8000, endPort: 8080}]
"""

RULE = Rule(
    code="K8S108",
    title="peers and ports of NetworkPolicies",
    effect="refused",
    reason="A peer is either a range of addresses or selectors, and a range of ports has a number at both ends.",
    fix="write a peer as ipBlock, podSelector or namespaceSelector",
    good=_GOOD,
    bad=_GOOD.replace("10.1.0.0/16", "192.168.0.0/16"),
    document=_find,
    kinds=("NetworkPolicy",),
)
