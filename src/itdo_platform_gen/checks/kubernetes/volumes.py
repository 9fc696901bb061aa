"""A volume, and a claim to one, says how much it holds, who may use it, and what it is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.quantity import parse_quantity
from itdo_platform_gen.checks.reading import at, items, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
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
            if not at(claim, "metadata", "name"):
                yield Finding(
                    document, (*place, "metadata", "name"), "expected a name, got none", "volumeMounts use it"
                )
            for path, message in _claim(mapping(claim, "spec")):
                yield Finding(document, (*place, "spec", *path), message)
        return
    judge = _claim if document.kind == "PersistentVolumeClaim" else _volume
    for path, message in judge(mapping(data, "spec")):
        yield Finding(document, ("spec", *path), message)


def _claim(spec: dict[str, object]) -> Faults:
    yield from _modes(spec)
    storage = at(spec, "resources", "requests", "storage")
    amount = parse_quantity(storage)
    if amount is not None and amount <= 0:
        yield ("resources", "requests", "storage"), f"expected more than 0, got {storage}"
    source, reference = spec.get("dataSource"), spec.get("dataSourceRef")
    if isinstance(reference, dict) and not reference.get("apiGroup"):
        kind = reference.get("kind")
        if isinstance(kind, str) and kind != "PersistentVolumeClaim":
            yield ("dataSourceRef", "kind"), f"expected PersistentVolumeClaim without apiGroup, got {show(kind)}"
    if isinstance(source, dict) and isinstance(reference, dict):
        parts = ("apiGroup", "kind", "name")
        if any((source.get(part) or None) != (reference.get(part) or None) for part in parts):
            yield ("dataSource",), "expected the same as dataSourceRef, got another"


def _modes(spec: dict[str, object]) -> Faults:
    modes = items(spec, "accessModes")
    if "ReadWriteOncePod" in modes and len(modes) > 1:
        yield ("accessModes",), f"expected ReadWriteOncePod alone, got {show(modes)}"


def _volume(spec: dict[str, object]) -> Faults:
    yield from _modes(spec)
    given = [source for source in _SOURCES if spec.get(source) is not None]
    if not given:
        yield (), "expected one source such as csi or nfs, got none"
    for other in given[1:]:
        yield (other,), f"expected one source, got {given[0]} too"
    capacity = spec.get("capacity")
    if isinstance(capacity, dict) and "storage" in capacity:
        names = sorted(str(name) for name in capacity)
        amount = parse_quantity(at(capacity, "storage"))
        if names != ["storage"]:
            yield ("capacity",), f"expected storage and nothing else, got {', '.join(names) or 'nothing'}"
        elif amount is not None and amount <= 0:
            yield ("capacity", "storage"), f"expected more than 0, got {at(capacity, 'storage')}"
    if "local" in given and spec.get("nodeAffinity") is None:
        yield ("nodeAffinity",), "local needs nodeAffinity, got none"
    if spec.get("persistentVolumeReclaimPolicy") == "Recycle" and at(spec, "hostPath", "path") == "/":
        yield ("persistentVolumeReclaimPolicy",), "expected no Recycle for a hostPath of /"
    yield from _affinity(spec)


def _affinity(spec: dict[str, object]) -> Faults:
    if isinstance(spec.get("nodeAffinity"), dict) and at(spec, "nodeAffinity", "required") is None:
        yield ("nodeAffinity", "required"), "expected required node terms, got none"
    terms = ("nodeAffinity", "required", "nodeSelectorTerms")
    for index, term in mappings(spec, *terms):
        for number, expression in mappings(term, "matchExpressions"):
            operator, values = text(expression, "operator"), items(expression, "values")
            place = (*terms, index, "matchExpressions", number, "values")
            if operator in {"In", "NotIn"} and not values:
                yield place, f"expected values for {operator}, got none"
            elif operator in {"Exists", "DoesNotExist"} and values:
                yield place, f"expected no values for {operator}, got {show(values)}"
            elif operator in {"Gt", "Lt"} and len(values) != 1:
                yield place, f"expected one value for {operator}, got {len(values)}"


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
