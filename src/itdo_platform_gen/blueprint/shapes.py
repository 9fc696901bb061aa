"""Shapes: what is known of an expression's value before any value is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.scope import ANY, Shape
from itdo_platform_gen.syntax.jinja import nodes
from itdo_platform_gen.syntax.lookup import lookup_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_STRING, _BOOLEAN, _LIST, _INTEGER = (Shape(type=name) for name in ("string", "boolean", "array", "integer"))
_OF_NODES: dict[type[nodes.Node | None], Shape] = {
    **dict.fromkeys((nodes.Compare, nodes.Not, nodes.Test), _BOOLEAN),
    **dict.fromkeys((nodes.List, nodes.Tuple), _LIST),
    nodes.Concat: _STRING,
    nodes.Dict: Shape(type="object"),
}
_OF_CONSTANTS = {bool: "boolean", str: "string", int: "integer", float: "number", type(None): "null"}
_OF_FILTERS = {
    **dict.fromkeys(("capitalize", "center", "join", "lower", "replace", "string", "trim", "upper"), _STRING),
    **dict.fromkeys(("int", "length", "wordcount"), _INTEGER),
    **dict.fromkeys(("batch", "dictsort", "groupby"), _LIST),
}
_SAME = frozenset({"reverse", "selectattr", "sort"})
_ITEM = frozenset({"first", "last"})


def shape_of(names: Mapping[str, Shape], node: nodes.Node | None) -> Shape:
    """Give the shape of an expression's value, where names have shapes."""
    read = lookup_of(node) if node is not None else None
    if read is not None:
        shape = names.get(read.root, ANY)
        for part in read.path:
            shape = (shape.item if isinstance(part, int) else (shape.keys or {}).get(str(part))) or ANY
        return shape
    if isinstance(node, nodes.Const):
        return Shape(type=_OF_CONSTANTS.get(type(node.value), ""))
    if isinstance(node, nodes.CondExpr):
        return _either(names, node.expr1, node.expr2)
    if isinstance(node, (nodes.And, nodes.Or)):
        return _either(names, node.left, node.right)
    if isinstance(node, nodes.Filter):
        return _filtered(names, node)
    return _OF_NODES.get(type(node), ANY)


def _filtered(names: Mapping[str, Shape], node: nodes.Filter) -> Shape:
    if node.name == "default" and node.args:
        return _either(names, node.node, node.args[0])
    inner = shape_of(names, node.node)
    if node.name in _ITEM:
        return inner.item or ANY
    return inner if node.name in _SAME else _OF_FILTERS.get(node.name, ANY)


def _either(names: Mapping[str, Shape], one: nodes.Node | None, other: nodes.Node | None) -> Shape:
    left, right = shape_of(names, one), shape_of(names, other)
    return left if left.type == right.type else ANY
