"""A volume, and a claim to one, says how much it holds, who may use it, and what it is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.names import is_dns_label
from itdo_platform_gen.checks.node_terms import term_faults
from itdo_platform_gen.checks.quantity import parse_quantity
from itdo_platform_gen.checks.reading import at, mapping, mappings
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.volume_claims import claim_faults, mode_faults
from itdo_platform_gen.checks.volume_sources import source_faults
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

    Faults: TypeAlias = Iterator[tuple[Path, str]]

_SOURCES = (
    *("awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "fc", "flexVolume", "flocker"),
    *("gcePersistentDisk", "glusterfs", "hostPath", "iscsi", "local", "nfs", "photonPersistentDisk"),
    *("portworxVolume", "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume"),
)


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    data = document.data
    if document.kind == "StatefulSet":
        for index, claim in mappings(data, "spec", "volumeClaimTemplates"):
            place = ("spec", "volumeClaimTemplates", index)
            name = at(claim, "metadata", "name")
            if not name or (isinstance(name, str) and not is_dns_label(name)):
                message = f"expected the name of a volume, got {show(name) if name else 'none'}"
                yield Finding(document, (*place, "metadata", "name"), message, "use lower-case letters, digits and -")
            for path, message in claim_faults(mapping(claim, "spec")):
                yield Finding(document, (*place, "spec", *path), message)
        return
    judge = claim_faults if document.kind == "PersistentVolumeClaim" else _volume
    for path, message in judge(mapping(data, "spec")):
        yield Finding(document, ("spec", *path), message)


def _volume(spec: dict[str, object]) -> Faults:
    yield from mode_faults(spec)
    given = [source for source in _SOURCES if spec.get(source) is not None]
    if not given:
        yield (), "expected one source such as csi or nfs, got none"
    for other in given[1:]:
        yield (other,), f"expected one source, got {given[0]} too"
    yield from source_faults(spec)
    capacity = spec.get("capacity")
    if isinstance(capacity, dict) and "storage" in capacity:
        names = sorted(str(name) for name in capacity)
        amount = parse_quantity(at(capacity, "storage"))
        if names != ["storage"]:
            yield ("capacity",), f"expected storage and nothing else, got {', '.join(names) or 'nothing'}"
        elif capacity["storage"] is None or (amount is not None and amount <= 0):
            yield ("capacity", "storage"), f"expected more than 0, got {show(capacity['storage'])}"
    if "local" in given and spec.get("nodeAffinity") is None:
        yield ("nodeAffinity",), "local needs nodeAffinity, got none"
    if spec.get("persistentVolumeReclaimPolicy") == "Recycle" and at(spec, "hostPath", "path") == "/":
        yield ("persistentVolumeReclaimPolicy",), "expected no Recycle for a hostPath of /"
    yield from _affinity(spec)


def _affinity(spec: dict[str, object]) -> Faults:
    terms = ("nodeAffinity", "required", "nodeSelectorTerms")
    for index, term in mappings(spec, *terms):
        for path, message in term_faults(term, required=True):
            yield (*terms, index, *path), message


_GOOD = """\
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
"""

RULE = Rule(
    code="K8S120",
    title="volumes and claims",
    effect="refused",
    reason="A claim asks for an amount of storage and a way to use it, and a volume offers both from one source.",
    fix="give accessModes and resources.requests.storage, or capacity.storage and one source",
    good=_GOOD,
    bad=_GOOD.replace("[ReadWriteOnce]", "[ReadWriteOncePod, ReadWriteOnce]"),
    document=_find,
    kinds=("PersistentVolume", "PersistentVolumeClaim", "StatefulSet"),
)
