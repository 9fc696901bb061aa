"""Lookups: what an expression reads, a name with the keys behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from itdo_platform_gen.syntax.jinja import nodes

if TYPE_CHECKING:
    from itdo_platform_gen.syntax.node import Path


@dataclass(frozen=True, slots=True)
class Read:
    """One thing an expression looks up: a name, and the keys behind it as far as they are written out."""

    root: str
    path: Path

    def __str__(self) -> str:
        """Write it as in an expression: `values.ports[0].name`."""
        return self.root + "".join(f".{part}" if isinstance(part, str) else f"[{part}]" for part in self.path)


def lookup_of(node: nodes.Node) -> Read | None:
    """Give `a.b['c'][0]` as a read; None where the node is more than that."""
    path: list[str | int] = []
    while True:
        if isinstance(node, nodes.Getattr):
            path.append(node.attr)
            node = node.node
        elif (
            isinstance(node, nodes.Getitem)
            and isinstance(node.arg, nodes.Const)
            and isinstance(node.arg.value, str | int)
        ):
            path.append(node.arg.value)
            node = node.node
        elif isinstance(node, nodes.Name):
            return Read(node.name, tuple(reversed(path)))
        else:
            return None


def reads_of(node: nodes.Node) -> list[Read]:
    """Give everything an expression looks up, in order."""
    whole = lookup_of(node)
    if whole is not None:
        return [whole]
    if isinstance(node, nodes.Call):
        inner = [*node.args]
        if isinstance(node.node, nodes.Getattr):
            inner.append(node.node.node)
        return [read for child in inner for read in reads_of(child)]
    return [read for child in node.iter_child_nodes() for read in reads_of(child)]
