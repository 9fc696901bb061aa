"""The addresses of an EndpointSlice or Endpoints can be reached and are of one family, and their ports differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.addresses import family_of, is_special
from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.names import is_dns_subdomain
from itdo_platform_gen.checks.reading import items, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_MOST_ENDPOINTS = 1000
_MOST_HINTS = 8


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    if document.kind == "Endpoints":
        for path, message in _subsets(document.data):
            yield Finding(document, path, message)
        return
    kind = text(document.data, "addressType")
    number_of = len(items(document.data, "endpoints"))
    if number_of > _MOST_ENDPOINTS:
        message = f"expected at most {_MOST_ENDPOINTS} endpoints, got {number_of}"
        yield Finding(document, ("endpoints",), message, "use several slices")
    for index, endpoint in mappings(document.data, "endpoints"):
        for number, address in enumerate(items(endpoint, "addresses")):
            if isinstance(address or "", str) and (fault := _fault(address or "", kind)):
                yield Finding(document, ("endpoints", index, "addresses", number), fault)
        for path, message in _hints(mapping(endpoint, "hints")):
            yield Finding(document, ("endpoints", index, "hints", *path), message)
    for path, message in _ports(document.data, ()):
        yield Finding(document, path, message)


def _hints(hints: dict[str, object]) -> Iterator[tuple[Path, str]]:
    for key in ("forNodes", "forZones"):
        if len(items(hints, key)) > _MOST_HINTS:
            yield (key,), f"expected at most {_MOST_HINTS}, got {len(items(hints, key))}"
        seen: set[str] = set()
        for index, hint in mappings(hints, key):
            name = text(hint, "name")
            if name and name in seen:
                yield (key, index, "name"), f"expected each name once, got {show(name)} again"
            seen.add(name)


def _subsets(data: object) -> Iterator[tuple[Path, str]]:
    for index, subset in mappings(data, "subsets"):
        place = ("subsets", index)
        if not items(subset, "addresses") and not items(subset, "notReadyAddresses"):
            yield place, "expected addresses or notReadyAddresses, got neither"
        for key in ("addresses", "notReadyAddresses"):
            for number, address in mappings(subset, key):
                ip = address.get("ip")
                if isinstance(ip, str) and (family := family_of(ip)) and (fault := _fault(ip, family)):
                    yield (*place, key, number, "ip"), fault
        ports = list(mappings(subset, "ports"))
        for number, port in ports:
            if len(ports) > 1 and not port.get("name"):
                yield (*place, "ports", number, "name"), "expected a name, as there are several ports, got none"


def _fault(address: str, kind: object) -> str | None:
    if kind == "FQDN":
        fits = is_dns_subdomain(address) and "." in address
        return None if fits else f"expected a domain name, got {show(address)}"
    if kind not in {"IPv4", "IPv6"}:
        return None
    if family_of(address) != kind:
        return f"expected an {kind} address, got {show(address)}"
    return f"expected an address that others can reach, got {address}" if is_special(address) else None


def _ports(data: object, place: Path) -> Iterator[tuple[Path, str]]:
    seen: dict[str, int] = {}
    for number, port in mappings(data, "ports"):
        name = port.get("name") or ""
        if isinstance(name, str) and name in seen:
            told = f"name {name}" if name else "a port without name"
            yield (*place, "ports", number, "name"), f"{told} stands already at ports[{seen[name]}]"
        elif isinstance(name, str):
            seen[name] = number


_GOOD = """\
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: shop}
addressType: IPv4
endpoints: [{addresses: [10.1.2.3]}]
ports: [{name: http, port: 80}]
"""

RULE = Rule(
    code="K8S121",
    title="endpoints",
    effect="refused",
    reason="Endpoints are addresses of other machines, all of one family, with ports that are told apart by name.",
    fix="write addresses of the family in addressType",
    good=_GOOD,
    bad=_GOOD.replace("10.1.2.3", "127.0.0.1"),
    document=_find,
    kinds=("EndpointSlice", "Endpoints"),
)
