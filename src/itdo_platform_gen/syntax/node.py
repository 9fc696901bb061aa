"""Nodes: a YAML document as it was written, each part with its mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from itdo_platform_gen.syntax.mark import Mark

# A place inside a document or a set of values: ("spec", "ports", 0, "name").
Path: TypeAlias = "tuple[str | int, ...]"


@dataclass(slots=True, eq=False)
class Scalar:
    """A scalar before it is read as a type: its text, and whether it stands there without quotes."""

    mark: Mark
    value: str
    plain: bool
    tag: str | None = None
    size: int = 1
    height: int = 0


@dataclass(slots=True, eq=False)
class Sequence:
    """A list of nodes."""

    mark: Mark
    items: list[Node]
    size: int = 1
    height: int = 1


@dataclass(slots=True, eq=False)
class Mapping:
    """Keys with their values, in the order of the author; a key may come twice, which its reader judges."""

    mark: Mark
    entries: list[tuple[Scalar, Node]]
    size: int = 1
    height: int = 1

    def get(self, key: str) -> Node | None:
        """Give the value of the first entry with that key."""
        return next((value for name, value in self.entries if name.value == key), None)


# `size` counts the nodes in and below one, a node that aliases repeat each time: what writing it out would cost.
# `height` counts the levels below one, those behind aliases too.
Node: TypeAlias = Scalar | Sequence | Mapping


def node_at(node: Node, path: Path) -> Node:
    """Give the node at the path, or the deepest one on the way there."""
    for part in path:
        inner: Node | None = None
        if isinstance(node, Mapping) and isinstance(part, str):
            inner = node.get(part)
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            inner = node.items[part]
        if inner is None:
            return node
        node = inner
    return node


def mark_at(node: Node, path: Path, *, at_key: bool = False) -> Mark:
    """Give the mark of the value at the path or, on request, of its key; where it is missing, of what is nearest."""
    if at_key and path:
        parent = node_at(node, path[:-1])
        if isinstance(parent, Mapping):
            for key, _ in parent.entries:
                if key.value == path[-1]:
                    return key.mark
    return node_at(node, path).mark


def dotted(path: Path) -> str:
    """Write a path as people do: `spec.ports[0].name`, with quotes where a key has a dot."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part and not set(part) & set(".[]\"' "):
            text += f".{part}" if text else part
        else:
            text += f'["{part}"]'
    return text
