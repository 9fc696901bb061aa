"""Texts: the fields of containers, volumes and workspaces in which Tekton puts values for variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.reading import items, mapping, mappings, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.syntax.node import Path

_FIELDS = ("name", "image", "workingDir", "script")
_LISTS = ("command", "args")
_NAMED_LISTS = (("env", ("value",)), ("volumeMounts", ("name", "mountPath", "subPath")))


def container_texts(container: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Give the texts of a step in which the webhook looks for variables."""
    for key in _FIELDS:
        if isinstance(container.get(key), str):
            yield (key,), container[key]
    for key in _LISTS:
        for index, part in enumerate(items(container, key)):
            if isinstance(part, str):
                yield (key, index), part
    for field, keys in _NAMED_LISTS:
        for index, item in mappings(container, field):
            for key in keys:
                if isinstance(item.get(key), str):
                    yield (field, index, key), item[key]


def reference_texts(container: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Give the further texts of a container that name ConfigMaps, Secrets and how to pull."""
    if isinstance(container.get("imagePullPolicy"), str):
        yield ("imagePullPolicy",), container["imagePullPolicy"]
    for index, source in mappings(container, "envFrom"):
        yield ("envFrom", index, "prefix"), text(source, "prefix")
        for key in ("configMapRef", "secretRef"):
            yield ("envFrom", index, key, "name"), text(source, key, "name")
    for index, variable in mappings(container, "env"):
        for key in ("configMapKeyRef", "secretKeyRef"):
            for part in ("name", "key"):
                yield ("env", index, "valueFrom", key, part), text(variable, "valueFrom", key, part)


def device_texts(container: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Give the texts of a container's devices."""
    for index, device in mappings(container, "volumeDevices"):
        for key in ("name", "devicePath"):
            yield ("volumeDevices", index, key), text(device, key)


def shared_texts(spec: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Give the texts of a Task besides those of its steps: its template, sidecars, volumes and mount paths."""
    template = mapping(spec, "stepTemplate")
    for path, written in (*container_texts(template), *reference_texts(template)):
        yield ("stepTemplate", *path), written
    for index, sidecar in mappings(spec, "sidecars"):
        for path, written in (*container_texts(sidecar), *reference_texts(sidecar)):
            yield ("sidecars", index, *path), written
    for index, workspace in mappings(spec, "workspaces"):
        yield ("workspaces", index, "mountPath"), text(workspace, "mountPath")
    for index, volume in mappings(spec, "volumes"):
        yield from _volume_texts(volume, ("volumes", index))


def _volume_texts(data: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _volume_texts(value, (*path, str(key)))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _volume_texts(value, (*path, index))
    elif isinstance(data, str):
        yield path, data
