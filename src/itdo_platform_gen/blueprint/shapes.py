"""Shapes: what is known of an expression's value before any value is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.scope import ANY, Shape
from itdo_platform_gen.syntax.jinja import nodes
from itdo_platform_gen.syntax.lookup import lookup_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_STRING, _BOOLEAN, _LIST, _INTEGER = (Shape(type=name) for name in ("string", "boolean", "array", "integer"))
_OF_NODES: dict[type[nodes.Node | None], Shape] = {
    **dict.fromkeys((nodes.Compare, nodes.Not, nodes.Test), _BOOLEAN),
    nodes.Tuple: _LIST,
    nodes.Concat: _STRING,
    nodes.Dict: Shape(type="object"),
}
_OF_CONSTANTS = {bool: "boolean", str: "string", int: "integer", float: "number", type(None): "null"}
_OF_FILTERS = {
    **dict.fromkeys(("capitalize", "center", "join", "lower", "replace", "string", "trim", "upper"), _STRING),
    **dict.fromkeys(("int", "length", "wordcount"), _INTEGER),
    **dict.fromkeys(("batch", "dictsort", "groupby"), _LIST),
    "float": Shape(type="number"),
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
    of = _OF_PARTS.get(type(node))
    return of(names, node) if of is not None else _OF_NODES.get(type(node), ANY)


def _listed(names: Mapping[str, Shape], node: nodes.List) -> Shape:
    items = [shape_of(names, item) for item in node.items]
    alike = bool(items) and len({item.type for item in items}) == 1
    return Shape(item=items[0] if alike else None, type="array")


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


def _constant(_: Mapping[str, Shape], node: Any) -> Shape:
    return Shape(type=_OF_CONSTANTS.get(type(node.value), ""))


def _called(_: Mapping[str, Shape], node: Any) -> Shape:
    is_split = isinstance(node.node, nodes.Getattr) and node.node.attr == "split"
    return Shape(item=_STRING, type="array") if is_split else ANY


_OF_PARTS: dict[type[nodes.Node | None], Callable[[Mapping[str, Shape], Any], Shape]] = {
    nodes.Const: _constant,
    nodes.Call: _called,
    nodes.CondExpr: lambda names, node: _either(names, node.expr1, node.expr2),
    nodes.Filter: _filtered,
    nodes.List: _listed,
    nodes.Neg: lambda names, node: shape_of(names, node.node),
    **dict.fromkeys(
        (nodes.Add, nodes.And, nodes.FloorDiv, nodes.Mod, nodes.Mul, nodes.Or, nodes.Sub),
        lambda names, node: _either(names, node.left, node.right),
    ),
}
