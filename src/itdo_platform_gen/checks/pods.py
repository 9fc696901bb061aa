"""Pods: the pod that a document is, or that it makes from a template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.reading import at, mapping, mappings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

# Where each kind keeps its pod's metadata and spec.
_TEMPLATES: dict[str, tuple[str, ...]] = {
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    "DaemonSet": ("spec", "template"),
    "Deployment": ("spec", "template"),
    "Job": ("spec", "template"),
    "Pod": (),
    "PodTemplate": ("template",),
    "ReplicaSet": ("spec", "template"),
    "ReplicationController": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
}
POD_KINDS = tuple(_TEMPLATES)
_GROUPS = {"", "apps", "batch"}
CONTAINERS = ("initContainers", "containers", "ephemeralContainers")


@dataclass(frozen=True)
class Pod:
    """A pod or pod template: `path` leads to what holds its metadata and spec."""

    document: Document
    path: Path
    metadata: dict[str, Any]
    spec: dict[str, Any]

    @cached_property
    def spec_path(self) -> Path:
        """Where the pod's spec stands."""
        return (*self.path, "spec")

    @cached_property
    def labels(self) -> dict[str, Any]:
        """The pod's labels."""
        return mapping(self.metadata, "labels")

    @cached_property
    def _containers(self) -> dict[str, list[tuple[Path, dict[str, Any]]]]:
        found = {name: mappings(self.spec, name) for name in CONTAINERS}
        return {name: [((*self.spec_path, name, index), each) for index, each in found[name]] for name in CONTAINERS}

    def containers(self, *lists: str) -> Iterable[tuple[Path, dict[str, Any]]]:
        """Give each container with its path, of the lists named or else of all."""
        return chain.from_iterable(self._containers[name] for name in lists or CONTAINERS)


def pod_of(document: Document) -> Pod | None:
    """Give the pod that a document is or makes, None where it makes none."""
    path = _TEMPLATES.get(document.kind)
    group = document.api_version.rpartition("/")[0]
    if path is None or group not in _GROUPS:
        return None
    holder = at(document.data, *path)
    if not isinstance(holder, dict) or not isinstance(holder.get("spec"), dict):
        return None
    return Pod(document, path, mapping(holder, "metadata"), holder["spec"])
