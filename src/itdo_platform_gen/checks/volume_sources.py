"""Volume sources: what some kinds of storage ask of a PersistentVolume beyond the form of single fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.names import is_dns_subdomain
from itdo_platform_gen.checks.reading import at, items, mapping, text
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from itdo_platform_gen.syntax.node import Path

    Faults: TypeAlias = Iterator[tuple[Path, str]]

_MOST_TENANT = 64


def source_faults(spec: dict[str, object]) -> Faults:
    """Give the path and message of each fault in the sources of a volume's spec."""
    disk = mapping(spec, "iscsi")
    if (disk.get("chapAuthSession") or disk.get("chapAuthDiscovery")) and disk.get("secretRef") is None:
        yield ("iscsi", "secretRef"), "CHAP needs a secretRef, got none"
    if isinstance(disk.get("secretRef"), dict) and not at(disk, "secretRef", "name"):
        yield ("iscsi", "secretRef", "name"), "expected the name of a Secret, got none"
    secret = at(spec, "csi", "nodePublishSecretRef", "name")
    if isinstance(secret, str) and not is_dns_subdomain(secret):
        yield ("csi", "nodePublishSecretRef", "name"), f"expected the name of a Secret, got {show(secret)}"
    for check in (_fibre_channel, _dataset, _azure_disk):
        yield from check(spec)
    if len(text(spec, "quobyte", "tenant")) > _MOST_TENANT:
        yield (
            ("quobyte", "tenant"),
            f"expected at most {_MOST_TENANT} characters, got {len(text(spec, 'quobyte', 'tenant'))}",
        )
    if spec.get("volumeAttributesClassName") and spec.get("csi") is None:
        yield ("volumeAttributesClassName",), "expected it only with csi, which is not there"


def _fibre_channel(spec: dict[str, object]) -> Faults:
    if not isinstance(spec.get("fc"), dict):
        return
    names, ids = items(spec, "fc", "targetWWNs"), items(spec, "fc", "wwids")
    if bool(names) == bool(ids):
        yield ("fc",), f"expected targetWWNs or wwids, got {'both' if names else 'neither'}"
    elif names and at(spec, "fc", "lun") is None:
        yield ("fc", "lun"), "targetWWNs need a lun, got none"


def _dataset(spec: dict[str, object]) -> Faults:
    if not isinstance(spec.get("flocker"), dict):
        return
    name, identity = at(spec, "flocker", "datasetName"), at(spec, "flocker", "datasetUUID")
    if bool(name) == bool(identity):
        yield ("flocker",), f"expected datasetName or datasetUUID, got {'both' if name else 'neither'}"
    elif isinstance(name, str) and "/" in name:
        yield ("flocker", "datasetName"), f"expected a name without /, got {show(name)}"


def _azure_disk(spec: dict[str, object]) -> Faults:
    address = text(spec, "azureDisk", "diskURI")
    start = "/subscriptions/" if at(spec, "azureDisk", "kind") == "Managed" else "https://"
    if address and not address.startswith(start):
        yield ("azureDisk", "diskURI"), f"expected an address that starts with {start}, got {show(address)}"
