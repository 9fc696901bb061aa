"""Resources: what of a document is Tekton's, also in lists and in what triggers make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.pipelines.resource import PIPELINES, TRIGGERS, templates_of
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.render.document import Document, NodeOrigins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.syntax.node import Node, Path

_LIST = "List"
_GROUPS = (PIPELINES, TRIGGERS, "resolution.tekton.dev")


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of Tekton's at a path of a document; the items of a list such as TaskList belong to it."""

    path: Path
    data: dict[str, Any]

    @property
    def group(self) -> str:
        """The group of its API."""
        return text(self.data, "apiVersion").rpartition("/")[0]

    @property
    def version(self) -> str:
        """Its version without the group: `v1beta1`."""
        return text(self.data, "apiVersion").rpartition("/")[2]

    @property
    def kind(self) -> str:
        """Its kind, of a list that of its items."""
        return text(self.data, "kind").removesuffix(_LIST)

    @property
    def shown(self) -> str:
        """Its kind and name, as diagnostics write them."""
        name = text(self.data, "metadata", "name") or text(self.data, "metadata", "generateName")
        return f"{text(self.data, 'kind')}/{name}" if name else text(self.data, "kind")

    def members(self) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Give the resource itself or, of a list, its items, each with its path in the document."""
        if self.kind == text(self.data, "kind"):
            yield self.path, self.data
        for index, item in mappings(self.data, "items"):
            yield (*self.path, "items", index), item


def resources_of(data: Any, file: str, root: Node, path: Path = ()) -> Iterator[Resource]:
    """Give the resources of Tekton's that the data of a document holds, with what they make behind them."""
    if not isinstance(data, dict):
        return
    if text(data, "kind") == _LIST:
        for index, item in mappings(data, "items"):
            yield from resources_of(item, file, root, (*path, "items", index))
        return
    resource = Resource(path, data)
    if resource.group not in _GROUPS:
        return
    yield resource
    if resource.group == TRIGGERS:
        for place, member in resource.members():
            whole = {"apiVersion": data["apiVersion"], "kind": resource.kind} | member
            for inner, template in templates_of(Document(whole, file, NodeOrigins(root))):
                yield from resources_of(template, file, root, (*place, *inner))
