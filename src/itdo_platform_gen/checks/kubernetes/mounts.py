"""Mounts and devices of a container are of the pod's volumes, each at a place of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.containers import own_containers, repeated
from itdo_platform_gen.checks.reading import at, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_BLOCK = ("persistentVolumeClaim", "ephemeral")


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    volumes = _volumes(pod)
    for path, container in own_containers(pod):
        for place, message in (*_mounts(container, volumes), *_devices(container, volumes), *_places(container)):
            yield Finding(pod.document, (*path, *place), message)


def _volumes(pod: Pod) -> Mapping[str, dict[str, Any]]:
    """Give the volumes by name, with those that a StatefulSet makes a claim for."""
    found = {text(volume, "name"): volume for _, volume in mappings(pod.spec, "volumes")}
    if pod.document.kind == "StatefulSet":
        for _, claim in mappings(pod.document.data, "spec", "volumeClaimTemplates"):
            found[text(claim, "metadata", "name")] = {"persistentVolumeClaim": {}}
    return found


def _mounts(container: dict[str, Any], volumes: Mapping[str, object]) -> Iterator[tuple[Path, str]]:
    devices = {text(device, "name") for _, device in mappings(container, "volumeDevices")}
    privileged = at(container, "securityContext", "privileged") is True
    for index, mount in mappings(container, "volumeMounts"):
        place, name = ("volumeMounts", index), text(mount, "name")
        if name and name not in volumes:
            yield (*place, "name"), _unknown(name, volumes)
        elif name in devices:
            yield (*place, "name"), f"expected {name} in volumeMounts or in volumeDevices, got both"
        if mount.get("subPath") and mount.get("subPathExpr"):
            yield (*place, "subPathExpr"), "expected subPath or subPathExpr, got both"
        propagation, recursive = mount.get("mountPropagation"), mount.get("recursiveReadOnly")
        if propagation == "Bidirectional" and not privileged:
            yield (*place, "mountPropagation"), "Bidirectional needs securityContext.privileged: true"
        if recursive in {"Enabled", "IfPossible"}:
            if mount.get("readOnly") is not True:
                yield (*place, "recursiveReadOnly"), f"{recursive} needs readOnly: true"
            elif propagation not in {None, "None"}:
                yield (*place, "recursiveReadOnly"), f"{recursive} needs mountPropagation: None, got {propagation}"


def _devices(container: dict[str, Any], volumes: Mapping[str, dict[str, Any]]) -> Iterator[tuple[Path, str]]:
    for index, device in mappings(container, "volumeDevices"):
        place, name = ("volumeDevices", index, "name"), text(device, "name")
        if name and name not in volumes:
            yield place, _unknown(name, volumes)
        elif name and not any(volumes[name].get(source) is not None for source in _BLOCK):
            yield place, f"expected a volume of a claim as a device, got {name}, which is none"
    names = ((("volumeDevices", i, "name"), device.get("name")) for i, device in mappings(container, "volumeDevices"))
    for path, name in repeated(names):
        yield path, f"expected each volume once in volumeDevices, got {name} again"


def _places(container: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    fields = (("volumeDevices", "devicePath"), ("volumeMounts", "mountPath"))
    used = (((of, i, key), item.get(key)) for of, key in fields for i, item in mappings(container, of))
    for path, place in repeated(used):
        yield path, f"expected one volume at each path, got another at {place}"


def _unknown(name: str, volumes: Mapping[str, object]) -> str:
    known = ", ".join(sorted(each for each in volumes if each))
    return f"the pod has no volume {show(name)}; it has {known}" if known else f"the pod has no volume {show(name)}"


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  containers: [{name: web, image: "web:1.0", volumeMounts: [{name: data, mountPath: /data}]}]
  volumes: [{name: data, emptyDir: {}}]
"""

RULE = Rule(
    code="K8S142",
    title="mounts and volumes",
    effect="refused",
    reason="A container mounts volumes of its pod, each at a path where nothing else is.",
    fix="name a volume of the pod, or add it under volumes; give each mount a path of its own",
    good=_GOOD,
    bad=_GOOD.replace("{name: data, mountPath", "{name: store, mountPath"),
    pod=_find,
)
