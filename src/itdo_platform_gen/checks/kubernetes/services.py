"""The fields of a Service agree with its type and its addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.addresses import family_of, is_special, network_of
from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.names import is_dns_subdomain
from itdo_platform_gen.checks.reading import at, items, mapping, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.services import SOURCE_RANGES
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

    Faults: TypeAlias = Iterator[tuple[Path, str]]

_EXTERNAL = {"LoadBalancer", "NodePort"}
_FAMILIES = 2
_LONGEST_AFFINITY = 86400


def _find(document: Document, _: World) -> Iterator[Finding]:
    spec = mapping(document.data, "spec")
    kind = spec.get("type") or "ClusterIP"
    if not is_builtin(document) or not spec or not isinstance(kind, str):
        return
    for part in _PARTS:
        for path, message in part(spec, kind):
            yield Finding(document, ("spec", *path), message)
    annotated = at(document.data, "metadata", "annotations", SOURCE_RANGES)
    if isinstance(annotated, str):
        for message in _annotation(annotated, kind, given=bool(items(spec, "loadBalancerSourceRanges"))):
            yield Finding(document, ("metadata", "annotations", SOURCE_RANGES), message, "use loadBalancerSourceRanges")


def _annotation(annotated: str, kind: str, *, given: bool) -> Iterator[str]:
    if kind != "LoadBalancer":
        yield f"expected it only for type LoadBalancer, got type {kind}"
    elif annotated.strip() and not given and any(network_of(part.strip()) is None for part in annotated.split(",")):
        yield f"expected ranges such as 10.0.0.0/16 with commas between, got {show(annotated)}"


def _by_type(spec: dict[str, object], kind: str) -> Faults:
    if kind == "ExternalName":
        target = spec.get("externalName")
        if not target:
            yield ("externalName",), "expected a host name for type ExternalName, got none"
        elif isinstance(target, str) and not is_dns_subdomain(target.removesuffix(".")):
            yield ("externalName",), f"expected a host name, got {show(target)}"
        for key in ("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"):
            if spec.get(key):
                yield (key,), f"expected no {key} for type ExternalName, got {show(spec[key])}"
    elif kind in _EXTERNAL and spec.get("clusterIP") == "None":
        yield ("clusterIP",), f"type {kind} needs an address, got None"
    if kind != "LoadBalancer":
        for key in ("allocateLoadBalancerNodePorts", "loadBalancerClass", "loadBalancerSourceRanges"):
            if spec.get(key) not in (None, []):
                yield (key,), f"expected {key} only for type LoadBalancer, got type {kind}"


def _traffic(spec: dict[str, object], kind: str) -> Faults:
    policy, port = spec.get("externalTrafficPolicy"), spec.get("healthCheckNodePort")
    if policy and kind not in _EXTERNAL and not spec.get("externalIPs"):
        yield ("externalTrafficPolicy",), f"expected it only for types LoadBalancer and NodePort, got type {kind}"
    elif port and (kind != "LoadBalancer" or policy != "Local"):
        yield ("healthCheckNodePort",), "expected it only for type LoadBalancer with externalTrafficPolicy: Local"


def _ranges(spec: dict[str, object], kind: str) -> Faults:
    for index, address in enumerate(items(spec, "externalIPs")):
        if isinstance(address, str) and family_of(address) is not None and is_special(address):
            yield ("externalIPs", index), f"expected an address that others can reach, got {address}"
    for index, written in enumerate(items(spec, "loadBalancerSourceRanges") if kind == "LoadBalancer" else ()):
        if isinstance(written or "", str) and network_of((written or "").strip()) is None:
            yield ("loadBalancerSourceRanges", index), f"expected a range such as 10.0.0.0/16, got {show(written)}"


def _affinity(spec: dict[str, object], _: str) -> Faults:
    seconds = at(spec, "sessionAffinityConfig", "clientIP", "timeoutSeconds")
    if text(spec, "sessionAffinity") != "ClientIP" or not isinstance(seconds, int) or 0 < seconds <= _LONGEST_AFFINITY:
        return
    yield (
        ("sessionAffinityConfig", "clientIP", "timeoutSeconds"),
        f"expected 1 to {_LONGEST_AFFINITY} seconds, got {seconds}",
    )


def _cluster_addresses(spec: dict[str, object], kind: str) -> Faults:
    first, addresses = spec.get("clusterIP"), items(spec, "clusterIPs")
    if isinstance(first, str) and first not in {"", "None"} and family_of(first) is None:
        yield ("clusterIP",), f"expected an IP address or None, got {show(first)}"
    if addresses and first and addresses[0] != first:
        yield ("clusterIPs", 0), f"expected the same as clusterIP ({show(first)}), got {show(addresses[0])}"
    if addresses and not first and kind != "ExternalName":
        yield ("clusterIPs",), "clusterIPs needs clusterIP, the first of them"
    elif len(addresses) > 1 and "None" in addresses:
        yield ("clusterIPs",), f"expected None to stand alone, got {show(addresses)}"
    elif len(addresses) > _FAMILIES:
        yield ("clusterIPs",), f"expected at most one address of each family, got {len(addresses)}"
    else:
        yield from _second(addresses)


def _second(addresses: list[object]) -> Faults:
    """Give what is wrong with the second address; the first is clusterIP."""
    for other in addresses[1:]:
        if isinstance(other or "", str) and (family := family_of(str(other or ""))) is None:
            yield ("clusterIPs", 1), f"expected an IP address, got {show(other)}"
        elif isinstance(addresses[0], str) and isinstance(other, str) and family == family_of(addresses[0]):
            yield ("clusterIPs",), f"expected one address of each family, got two of {family}"


def _families(spec: dict[str, object], kind: str) -> Faults:
    families = items(spec, "ipFamilies")
    if kind == "ExternalName":
        return
    if len(families) > _FAMILIES or (len(families) == _FAMILIES and families[0] == families[1]):
        yield ("ipFamilies",), f"expected each family at most once, got {show(families)}"
    elif len(families) == _FAMILIES and spec.get("ipFamilyPolicy", "SingleStack") == "SingleStack":
        yield ("ipFamilies",), "expected one family without ipFamilyPolicy: PreferDualStack, got two"
    elif len(families) == 1 and isinstance(spec.get("clusterIP"), str):
        family = family_of(str(spec["clusterIP"]))
        if family and families[0] in ("IPv4", "IPv6") and family != families[0]:
            yield ("clusterIP",), f"expected an {families[0]} address, as ipFamilies says, got {spec['clusterIP']}"


_PARTS: tuple[Callable[[dict[str, object], str], Faults], ...] = (
    _by_type,
    _traffic,
    _affinity,
    _ranges,
    _cluster_addresses,
    _families,
)
_GOOD = """\
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  loadBalancerSourceRanges: [10.0.0.0/8]
  ports: [{port: 80}]
"""

RULE = Rule(
    code="K8S107",
    title="fields of Services",
    effect="refused",
    reason="Some fields of a Service belong to some types only, and addresses have a form.",
    fix="use the type that the field belongs to, or leave the field out",
    good=_GOOD,
    bad=_GOOD.replace("LoadBalancer", "ClusterIP"),
    document=_find,
    kinds=("Service",),
)
