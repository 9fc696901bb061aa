"""Scope: the names a template may use, and as much of their shape as the parameters tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from itdo_platform_gen.syntax.near import nearest, suggest
from itdo_platform_gen.syntax.node import dotted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from itdo_platform_gen.syntax.expression import Expression
    from itdo_platform_gen.syntax.lookup import Read


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a value: its keys where it is a closed mapping, the shape of its items where it is a list.

    `type` is that of JSON Schema, such as `boolean`, empty where several are possible or none is known.
    """

    keys: Mapping[str, Shape] | None = None
    item: Shape | None = None
    type: str = ""


ANY = Shape()
LOOP = Shape(dict.fromkeys(("index", "index0", "first", "last", "length"), ANY))


@dataclass(slots=True)
class Scope:
    """The names in force at one place of a template; `used` collects the values read anywhere below."""

    names: dict[str, Shape]
    used: set[str] = field(default_factory=set)
    all_used: list[bool] = field(default_factory=list)

    def within_loop(self, names: tuple[str, ...], items: Expression) -> Scope:
        """Give the scope inside a loop over the items."""
        shape = ANY
        if items.lookup is not None and len(names) == 1:
            shape = self.shape_of(items.lookup).item or ANY
        inner = {**self.names, **dict.fromkeys(names, shape), "loop": LOOP}
        return Scope(inner, self.used, self.all_used)

    def shape_of(self, read: Read) -> Shape:
        """Give what is known of the value that a lookup gives."""
        shape = self.names.get(read.root, ANY)
        for part in read.path:
            inner = shape.item if isinstance(part, int) else (shape.keys or {}).get(part)
            shape = inner or ANY
        return shape

    def faults(self, expression: Expression) -> list[tuple[str, str | None]]:
        """Note what an expression reads, and give message and hint for each name that cannot be there."""
        found = []
        for read in expression.reads:
            fault = self._fault(read)
            if fault:
                found.append(fault)
            if read.root == "values":
                if read.path:
                    self.used.add(str(read.path[0]))
                else:
                    self.all_used.append(True)
        return found

    def _fault(self, read: Read) -> tuple[str, str | None] | None:
        if read.root not in self.names:
            value = nearest(read.root, self.names["values"].keys or ())
            near = nearest(read.root, self.names)
            hint = suggest(read.root, self.names) if near or not value else f"did you mean values.{value}?"
            return f'no "{read.root}" here', hint
        shape = self.names[read.root]
        for position, part in enumerate(read.path):
            if shape.keys is not None and part not in shape.keys:
                holder = dotted((read.root, *read.path[:position]))
                return f'{holder} has no "{part}"', suggest(str(part), shape.keys)
            inner = shape.item if isinstance(part, int) else (shape.keys or {}).get(part)
            shape = inner or ANY
        return None
