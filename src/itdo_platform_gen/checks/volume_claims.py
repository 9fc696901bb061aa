"""Volume claims: how much storage is asked for, how it is used and what it is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.names import is_dns_subdomain
from itdo_platform_gen.checks.quantity import parse_quantity
from itdo_platform_gen.checks.reading import at, items
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from itdo_platform_gen.syntax.node import Path

    Faults: TypeAlias = Iterator[tuple[Path, str]]

# What else stands in dataSource alone, the server takes out.
_KEPT_SOURCES = (("", "PersistentVolumeClaim"), ("snapshot.storage.k8s.io", "VolumeSnapshot"))


def claim_faults(spec: dict[str, object]) -> Faults:
    """Tell what is wrong with a claim that its schema cannot see, with the path in its spec."""
    yield from mode_faults(spec)
    resources = spec.get("resources")
    requests = at(resources, "requests")
    storage = at(requests, "storage")
    amount = parse_quantity(storage)
    if isinstance(requests, dict) and "storage" not in requests:
        yield ("resources", "requests", "storage"), "expected an amount of storage, got none"
    elif (isinstance(requests, dict) and storage is None) or amount == 0:
        yield ("resources", "requests", "storage"), f"expected more than 0, got {show(storage)}"
    elif isinstance(resources, dict) and "requests" in resources and requests is None:
        yield ("resources", "requests"), "expected an amount of storage, got none"
    source, reference = spec.get("dataSource"), spec.get("dataSourceRef")
    if isinstance(reference, dict) and not reference.get("namespace"):
        for path, message in _source(reference):
            yield ("dataSourceRef", *path), message
        parts = ("apiGroup", "kind", "name")
        if isinstance(source, dict) and any(
            (source.get(part) or None) != (reference.get(part) or None) for part in parts
        ):
            yield ("dataSource",), "expected the same as dataSourceRef, got another"
    elif isinstance(source, dict) and (source.get("apiGroup") or "", source.get("kind")) in _KEPT_SOURCES:
        for path, message in _source({"name": None, **source}):
            yield ("dataSource", *path), message


def _source(source: dict[str, object]) -> Faults:
    group, kind, name = (source.get(part) or "" for part in ("apiGroup", "kind", "name"))
    if not group and isinstance(kind, str) and kind not in {"", "PersistentVolumeClaim"}:
        yield ("kind",), f"expected PersistentVolumeClaim without apiGroup, got {show(kind)}"
    elif isinstance(group, str) and group and not is_dns_subdomain(group):
        yield ("apiGroup",), f"expected an API group such as snapshot.storage.k8s.io, got {show(group)}"
    if "kind" in source and not kind:
        yield ("kind",), "expected a kind, got none"
    if "name" in source and not name:
        yield ("name",), "expected the name of what the volume is made from, got none"


def mode_faults(spec: dict[str, object]) -> Faults:
    """Tell what is wrong with the access modes of a claim or a volume."""
    modes = items(spec, "accessModes")
    if "ReadWriteOncePod" in modes and any(mode != "ReadWriteOncePod" for mode in modes):
        yield ("accessModes",), f"expected ReadWriteOncePod alone, got {show(modes)}"
