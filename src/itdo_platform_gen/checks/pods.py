"""Pods: the pod that a document is, or that it makes from a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.reading import at, mapping, mappings

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@dataclass(frozen=True, slots=True)
class Pod:
    """A pod or pod template: `path` leads to what holds its metadata and spec."""

    document: Document
    path: Path
    metadata: dict[str, Any]
    spec: dict[str, Any]

    @property
    def spec_path(self) -> Path:
        """Where the pod's spec stands."""
        return (*self.path, "spec")

    @property
    def labels(self) -> dict[str, Any]:
        """The pod's labels."""
        return mapping(self.metadata, "labels")

    def containers(self, *lists: str) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Give each container with its path, of the lists named or else of all."""
        for name in lists or CONTAINERS:
            for index, container in mappings(self.spec, name):
                yield (*self.spec_path, name, index), container


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
