"""Addresses and ranges of them are written in the one form that newer servers take."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address, ip_interface
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.addresses import family_of, network_of, without_zeros
from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.pods import POD_KINDS, pod_of
from itdo_platform_gen.checks.reading import at, items, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.services import SOURCE_RANGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path


_ANY = "*"
_RANGES: dict[str, tuple[Path, ...]] = {
    "NetworkPolicy": tuple(
        ("spec", side, _ANY, peers, _ANY, "ipBlock", *part)
        for side, peers in (("ingress", "from"), ("egress", "to"))
        for part in (("cidr",), ("except", _ANY))
    ),
}
_ADDRESSES: dict[str, tuple[Path, ...]] = {
    "EndpointSlice": (("endpoints", _ANY, "addresses", _ANY),),
    "Endpoints": (
        ("subsets", _ANY, "addresses", _ANY, "ip"),
        ("subsets", _ANY, "notReadyAddresses", _ANY, "ip"),
    ),
    "Service": (("spec", "clusterIPs", _ANY), ("spec", "externalIPs", _ANY)),
}
_OF_PODS: tuple[Path, ...] = (("dnsConfig", "nameservers", _ANY), ("hostAliases", _ANY, "ip"))


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    for path, written in _ranges(document):
        if isinstance(written, str) and (fault := _fault_of_range(written.strip())):
            yield Finding(document, path, fault)
    for path, written in _addresses(document):
        exact = document.kind == "EndpointSlice"
        if exact and family_of(str(written)) != at(document.data, "addressType"):
            continue  # another rule says so
        if isinstance(written, str) and (fault := _fault_of_address(written, exact=exact)):
            yield Finding(document, path, fault)


def _fault_of_range(written: str) -> str | None:
    network = network_of(written)
    if network is None:
        return None
    read = without_zeros(written)
    length = written.rpartition("/")[2]
    if isinstance(network, IPv6Network) and network.network_address.ipv4_mapped is not None:
        return f"expected no IPv4 address written as IPv6, got {written}"
    if read != written or str(int(length)) != length or ip_interface(read).ip != network.network_address:
        return f"expected {network}, got {written}"
    return None


def _fault_of_address(written: str, *, exact: bool) -> str | None:
    if family_of(written) is None:
        return None
    read = without_zeros(written)
    address = ip_address(read)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return f"expected no IPv4 address written as IPv6, got {written}"
    if read != written or (exact and str(address) != written):
        return f"expected {address}, got {written}"
    return None


def _ranges(document: Document) -> Iterator[tuple[Path, object]]:
    data = document.data
    if document.kind != "Service":
        for steps in _RANGES.get(document.kind, ()):
            yield from _leaves(data, steps)
    elif at(data, "spec", "type") == "LoadBalancer":
        yield from _leaves(data, ("spec", "loadBalancerSourceRanges", _ANY))
        if not items(data, "spec", "loadBalancerSourceRanges"):
            for written in text(data, "metadata", "annotations", SOURCE_RANGES).split(","):
                yield ("metadata", "annotations", SOURCE_RANGES), written


def _addresses(document: Document) -> Iterator[tuple[Path, object]]:
    pod = pod_of(document)
    for steps in _OF_PODS if pod else _ADDRESSES.get(document.kind, ()):
        yield from _leaves(document.data, (*pod.spec_path, *steps) if pod else steps)
    if document.kind == "Service" and not items(document.data, "spec", "clusterIPs"):
        yield ("spec", "clusterIP"), at(document.data, "spec", "clusterIP")


def _leaves(data: object, steps: Path, before: Path = ()) -> Iterator[tuple[Path, object]]:
    """Give what stands at the end of the steps, for each item of a list where a step says any."""
    if _ANY not in steps:
        yield (*before, *steps), at(data, *steps)
        return
    place = steps.index(_ANY)
    for index, item in enumerate(items(data, *steps[:place])):
        yield from _leaves(item, steps[place + 1 :], (*before, *steps[:place], index))


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
    title="canonical addresses and ranges",
    effect="refused",
    reason="Programs read addresses with zeros in front, and ranges that start in the middle, in different ways.",
    fix="write the address without zeros in front, and a range's first address, such as 10.0.0.0/8",
    good=_GOOD,
    bad=_GOOD.replace("10.0.0.0/8", "10.0.0.1/8"),
    document=_find,
    kinds=("EndpointSlice", "Endpoints", "NetworkPolicy", "Service", *POD_KINDS),
    since="1.36",
)
