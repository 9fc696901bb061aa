"""A volume of a pod is made from one thing, and its files do not stand in each other's way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.downward import divisor_fault
from itdo_platform_gen.checks.names import is_dns_subdomain
from itdo_platform_gen.checks.reading import items, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.volume_claims import claim_faults
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

    Faults: TypeAlias = Iterator[tuple[Path, str]]

_FIELDS = ("metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid")


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    for index, volume in mappings(pod.spec, "volumes"):
        for place, message in _faults(volume):
            yield Finding(pod.document, (*pod.spec_path, "volumes", index, *place), message)


def _faults(volume: dict[str, Any]) -> Faults:
    yield from _files(volume, ("downwardAPI",))
    if isinstance(volume.get("projected"), dict):
        yield from _projected(volume["projected"])
    if isinstance(volume.get("fc"), dict):
        yield from _fibre_channel(volume["fc"])
    if isinstance(volume.get("csi"), dict):
        name = text(volume, "csi", "nodePublishSecretRef", "name")
        if volume["csi"].get("nodePublishSecretRef") is not None and not is_dns_subdomain(name):
            yield ("csi", "nodePublishSecretRef", "name"), f"expected the name of a Secret, got {show(name)}"
    disk = mapping(volume, "iscsi")
    if (disk.get("chapAuthSession") or disk.get("chapAuthDiscovery")) and disk.get("secretRef") is None:
        yield ("iscsi",), "CHAP needs a secretRef, got none"
    template = ("ephemeral", "volumeClaimTemplate")
    for path, message in claim_faults(mapping(volume, *template, "spec")):
        yield (*template, "spec", *path), message
    if mapping(volume, *template, "metadata").get("name"):
        yield (
            (*template, "metadata", "name"),
            "expected no name: the claim gets that of the pod and volume; got one",
        )


def _files(holder: dict[str, Any], place: Path) -> Faults:
    for index, file in mappings(holder, *place, "items"):
        here = (*place, "items", index)
        given = [source for source in ("fieldRef", "resourceFieldRef") if file.get(source) is not None]
        if len(given) != 1:
            yield here, f"expected fieldRef or resourceFieldRef, got {'both' if given else 'none'}"
            continue
        field = text(file, "fieldRef", "fieldPath")
        if field and field.partition("[")[0] not in _FIELDS:
            yield (*here, "fieldRef", "fieldPath"), f"expected one of {', '.join(_FIELDS)} in a file, got {field}"
        resource = mapping(file, "resourceFieldRef")
        if resource and not resource.get("containerName"):
            yield (*here, "resourceFieldRef"), "expected a containerName, since a volume is of no container, got none"
        if message := divisor_fault(resource):
            yield (*here, "resourceFieldRef", "divisor"), message


def _projected(projected: dict[str, Any]) -> Faults:
    written: set[str] = set()
    for index, source in mappings(projected, "sources"):
        yield from (
            (("projected", *place), message) for place, message in _files(projected, ("sources", index, "downwardAPI"))
        )
        for kind in ("configMap", "downwardAPI", "secret"):
            for number, file in mappings(source, kind, "items"):
                path = text(file, "path")
                if path and path in written:
                    place = ("projected", "sources", index, kind, "items", number, "path")
                    yield place, f"expected each path once, got {path} again"
                written.add(path)


def _fibre_channel(disk: dict[str, Any]) -> Faults:
    names, ids = items(disk, "targetWWNs"), items(disk, "wwids")
    if bool(names) == bool(ids):
        yield ("fc",), f"expected targetWWNs or wwids, got {'both' if names else 'none'}"
    elif names and disk.get("lun") is None:
        yield ("fc",), "targetWWNs need a lun, got none"


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  containers: [{name: web, image: "web:1.0"}]
  volumes: [{name: about, downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}]
"""

RULE = Rule(
    code="K8S152",
    title="volumes of pods",
    effect="refused",
    reason="Each file of a volume has one source and a path of its own, and each sort of volume its own demands.",
    fix="give each file one source and a path of its own, and the volume what its sort needs",
    good=_GOOD,
    bad=_GOOD.replace("metadata.labels", "spec.nodeName"),
    pod=_find,
)
