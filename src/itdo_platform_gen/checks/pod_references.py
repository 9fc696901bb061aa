"""References of pods: what must be there before a pod runs. What is `optional: true` need not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import at, mapping, mappings, text
from itdo_platform_gen.checks.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.syntax.node import Path

_SOURCES = (("configMap", "ConfigMap", "name"), ("secret", "Secret", "name"))
_VOLUMES = (("configMap", "ConfigMap", "name"), ("secret", "Secret", "secretName"))


def references_of_pod(pod: Pod) -> Iterator[Reference]:
    """Give the references that a pod or its template holds."""
    for path, container in pod.containers():
        for index, _ in mappings(container, "env"):
            source = (*path, "env", index, "valueFrom")
            yield from _keyed(pod, (*source, "configMapKeyRef"), "ConfigMap")
            yield from _keyed(pod, (*source, "secretKeyRef"), "Secret")
        for index, _ in mappings(container, "envFrom"):
            yield from _named(pod, (*path, "envFrom", index, "configMapRef"), "ConfigMap")
            yield from _named(pod, (*path, "envFrom", index, "secretRef"), "Secret")
    for index, volume in mappings(pod.spec, "volumes"):
        yield from _volume(pod, (*pod.spec_path, "volumes", index), volume)
    for index, _ in mappings(pod.spec, "imagePullSecrets"):
        yield from _named(pod, (*pod.spec_path, "imagePullSecrets", index), "Secret")
    account = "serviceAccountName" if pod.spec.get("serviceAccountName") else "serviceAccount"
    yield from _named(pod, pod.spec_path, "ServiceAccount", account)
    priority = text(pod.spec, "priorityClassName")
    if priority:
        yield Reference(pod.document, (*pod.spec_path, "priorityClassName"), "PriorityClass", "", priority)


def _volume(pod: Pod, path: Path, volume: dict[str, object]) -> Iterator[Reference]:
    for field, kind, name in _VOLUMES:
        yield from _items(pod, (*path, field), kind, name)
    for number, _ in mappings(volume, "projected", "sources"):
        for field, kind, name in _SOURCES:
            yield from _items(pod, (*path, "projected", "sources", number, field), kind, name)
    yield from _named(pod, (*path, "persistentVolumeClaim"), "PersistentVolumeClaim", "claimName")


def _named(
    pod: Pod, path: Path, kind: str, field: str = "name", keys: tuple[tuple[Path, str], ...] = ()
) -> Iterator[Reference]:
    holder = mapping(pod.document.data, *path)
    name = text(holder, field)
    if name and holder.get("optional") is not True:
        yield Reference(pod.document, (*path, field), kind, pod.document.namespace, name, keys)


def _keyed(pod: Pod, path: Path, kind: str) -> Iterator[Reference]:
    key = text(pod.document.data, *path, "key")
    yield from _named(pod, path, kind, keys=(((*path, "key"), key),) if key else ())


def _items(pod: Pod, path: Path, kind: str, field: str) -> Iterator[Reference]:
    listed = mappings(at(pod.document.data, *path), "items")
    keys = tuple(((*path, "items", index, "key"), text(item, "key")) for index, item in listed if text(item, "key"))
    yield from _named(pod, path, kind, field, keys)
