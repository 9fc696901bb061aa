"""Portable operators: what they may stand between so that it means the same in Jinja2 and in Backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.portable_text import Fault
from itdo_platform_gen.blueprint.scope import ANY
from itdo_platform_gen.blueprint.shapes import shape_of
from itdo_platform_gen.syntax.jinja import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from itdo_platform_gen.blueprint.scope import Shape

_TRUTHS = (nodes.Compare, nodes.Not, nodes.Test)
_PRODUCTS: set[type[nodes.Node]] = {nodes.FloorDiv, nodes.Mod, nodes.Mul}


def comparison_faults(node: nodes.Compare, names: Mapping[str, Shape]) -> Iterator[Fault]:
    """Give what is not portable in a comparison itself."""
    if len(node.ops) > 1:
        yield Fault(node.lineno, "a chain of comparisons is read in another way by Backstage", "join two with and")
        return
    [operand] = node.ops
    sides = (node.expr, operand.expr)
    left, right = (shape_of(names, side) for side in sides)
    if operand.op in {"in", "notin"}:
        right = right.item or ANY if right.type == "array" else ANY
    elif {"array", "object"} & {left.type, right.type} or any(isinstance(side, _TRUTHS) for side in sides):
        yield Fault(node.lineno, "comparing these differs in Backstage", "compare texts or numbers")
        return
    kinds = {"number" if side.type == "integer" else side.type for side in (left, right)} - {"", "null"}
    if len(kinds) > 1:
        yield Fault(node.lineno, "comparing values of two types differs in Backstage", "make them alike")


def arithmetic_faults(node: nodes.BinExpr, names: Mapping[str, Shape]) -> Iterator[Fault]:
    """Give what is not portable in a sum or product itself."""
    sides = (node.left, node.right)
    kinds = {shape_of(names, side).type for side in sides} - {""}
    if isinstance(node, nodes.Add):
        if kinds - {"string", "integer", "number"} or {"string"} < kinds:
            yield Fault(node.lineno, "+ on these differs in Backstage", "write ~ to join texts")
    elif kinds - {"integer", "number"}:
        yield Fault(node.lineno, "arithmetic on what is no number differs in Backstage")
    mixed = {type(part) for part in (node, *sides)} & _PRODUCTS
    if type(node) in _PRODUCTS and (len(mixed) > 1 or mixed - {nodes.Mul, type(node)}):
        hint = "give the first part a name: {% set part = … %}"
        yield Fault(node.lineno, "*, // and % in a row are read in another order by Backstage", hint)
    if isinstance(node, nodes.Mod) and not isinstance(node.right, nodes.Neg):
        yield Fault(node.lineno, "% of a number below 0 differs in Backstage", always=False)
    elif isinstance(node, nodes.Mod):
        yield Fault(node.lineno, "% by a number below 0 differs in Backstage")
