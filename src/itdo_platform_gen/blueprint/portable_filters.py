"""Portable filters: what each may be given so that it means the same in Jinja2 and in Backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.portable_text import Fault
from itdo_platform_gen.blueprint.scope import ANY
from itdo_platform_gen.blueprint.shapes import shape_of
from itdo_platform_gen.syntax.jinja import CONTENT_FILTERS, nodes
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from itdo_platform_gen.blueprint.scope import Shape

# The number of arguments that mean the same; named ones do to `sort` and a case-sensitive `groupby` alone.
_ARGUMENTS = {"batch": (1, 1), "center": (0, 1), "default": (2, 2), "dictsort": (0, 2), "groupby": (1, 1)} | {
    "join": (0, 2), "replace": (2, 3), "selectattr": (1, 1), "sort": (0, 3), "sum": (0, 1),
}  # fmt: skip
_OF_TEXT = frozenset({"capitalize", "center", "lower", "trim", "upper", "wordcount"})
_OF_TEXT_OR_INTEGER = frozenset({"float", "int", "replace", "string"})
_OF_LISTS = frozenset({"batch", "groupby", "join", "reverse", "selectattr", "sort", "sum"})
_STREAMS = frozenset({"batch", "reverse", "selectattr"})
_TAKE_STREAMS = frozenset({"first", "join", "sort"})
_PAIRS = frozenset({"dictsort", "groupby"})
_PLAIN = frozenset({"", "integer", "string"})


def is_stream(node: nodes.Node) -> bool:
    """Tell whether an expression gives in Copier what can be gone through once, and nothing else."""
    return isinstance(node, nodes.Filter) and node.name in _STREAMS


def is_pairs(node: nodes.Node) -> bool:
    """Tell whether an expression gives pairs, for a loop with two names."""
    return isinstance(node, nodes.Filter) and node.name in _PAIRS


def filter_faults(node: nodes.Filter, names: Mapping[str, Shape]) -> Iterator[Fault]:
    """Give what is not portable in the use of one filter."""
    if node.name not in CONTENT_FILTERS:
        near = suggest(node.name, CONTENT_FILTERS)
        yield Fault(node.lineno, f"the filter {node.name} differs or is unknown to Backstage", near)
    elif node.node is None:
        yield Fault(node.lineno, f"the filter {node.name} stands over a block")
    else:
        yield from _argument_faults(node)
        yield from _input_faults(node, shape_of(names, node.node))
        yield from _special_faults(node, names)


def _argument_faults(node: nodes.Filter) -> Iterator[Fault]:
    least, most = _ARGUMENTS.get(node.name, (0, 0))
    count = len(node.args)
    if node.name == "selectattr" and count != 1:
        yield Fault(node.lineno, "selectattr takes one argument in Backstage", "put an if inside the loop")
    elif node.name == "default" and not (count == most and _constant(node.args[1]) is True):
        hint = "write … | default(x, true)"
        yield Fault(node.lineno, "default without true answers for other values in Backstage", hint)
    elif not least <= count <= most:
        yield Fault(node.lineno, f"{node.name} does not take {count} arguments in Backstage")
    known = {"sort": {"attribute", "case_sensitive", "reverse"}, "groupby": {"case_sensitive"}}.get(node.name, set())
    for keyword in node.kwargs:
        if keyword.key not in known:
            hint = "give it by its place"
            yield Fault(node.lineno, f"{node.name} takes no {keyword.key}= in Backstage", hint)


def _input_faults(node: nodes.Filter, shape: Shape) -> Iterator[Fault]:
    name, kind = node.name, shape.type
    text_kinds = {"", "string"} if name in _OF_TEXT else _PLAIN
    if name in _OF_TEXT | _OF_TEXT_OR_INTEGER and kind not in text_kinds:
        yield Fault(node.lineno, f"{name} of a value that is no text differs in Backstage", "write a text")
    elif name in _OF_LISTS and kind not in {"", "array"}:
        what = "a text" if kind == "string" else "this"
        yield Fault(node.lineno, f"{name} of {what} differs in Backstage", "give it a list")
    elif name in {"join", "sum"} and not node.args[name == "join" :]:
        item = shape.item.type if shape.item else ""
        if (is_pairs(node.node) if node.node else False) or item not in (_PLAIN if name == "join" else {"", "integer"}):
            yield Fault(node.lineno, f"{name} of such items differs in Backstage", "loop over them")
    elif name == "default" and kind in {"array", "object"}:
        yield Fault(node.lineno, "an empty list or mapping is true in Backstage", "write … if … | length else …")
    elif name == "length" and kind in {"boolean", "integer", "number", "null"}:
        yield Fault(node.lineno, "length of what has none differs in Backstage")
    if name not in _TAKE_STREAMS and node.node is not None and is_stream(node.node):
        message = f"{name} of what another filter gives piece by piece fails in Copier"
        yield Fault(node.lineno, message, "loop over it, or join, sort or take the first")


def _special_faults(node: nodes.Filter, names: Mapping[str, Shape]) -> Iterator[Fault]:
    kind = shape_of(names, node.node).type
    if node.name == "replace" and node.args and _constant(node.args[0]) == "":
        yield Fault(node.lineno, "replace of an empty text differs in Backstage")
    elif node.name == "dictsort":
        yield from _dictsort_faults(node, names)
    elif node.name == "groupby" and node.args:
        yield from _groupby_faults(node)
    elif node.name == "selectattr" and node.args:
        items = shape_of(names, node.node).item
        keys = items.keys if items else None
        chosen = keys.get(str(_constant(node.args[0]))) if keys else None
        if chosen is not None and chosen.type in {"array", "object"}:
            yield Fault(node.lineno, "an empty list or mapping is true in Backstage", "put an if inside the loop")
    else:
        yield from _value_faults(node, kind)


def _value_faults(node: nodes.Filter, kind: str) -> Iterator[Fault]:
    if node.name == "wordcount" and _constant(node.node) is None:
        yield _sometimes(node, "wordcount counts other words beyond ASCII in Backstage", "give the count as a value")
    elif node.name == "center" and node.args and not _is_even(_constant(node.args[0])):
        yield Fault(node.lineno, "center puts the odd space to another side in Backstage", "write an even width")
    elif node.name == "length" and kind == "string":
        yield _sometimes(node, "length counts characters like 🚀 twice in Backstage", "ask for the text itself")
    elif node.name in {"first", "last", "reverse"} and kind == "string":
        yield _sometimes(node, f"{node.name} of a text cuts characters like 🚀 in two in Backstage")
    elif node.name in {"int", "float"} and kind == "string" and not str(_constant(node.node)).isdecimal():
        yield _sometimes(node, f"{node.name} of a text that is no number differs in Backstage", "take an integer")


def _dictsort_faults(node: nodes.Filter, names: Mapping[str, Shape]) -> Iterator[Fault]:
    if node.args and _constant(node.args[0]) is True:
        return
    keys = shape_of(names, node.node).keys
    if isinstance(node.node, nodes.Dict):
        keys = dict.fromkeys([str(_constant(pair.key)) for pair in node.node.items], ANY)
    if keys is None or sorted(keys, key=str.lower) != sorted(keys, key=str.upper):
        yield _sometimes(node, "dictsort puts _ to another place in Backstage", "write dictsort(true)")


def _groupby_faults(node: nodes.Filter) -> Iterator[Fault]:
    key, before = _constant(node.args[0]), node.node
    attribute = None
    if isinstance(before, nodes.Filter) and before.name == "sort":
        named = {str(keyword.key): _constant(keyword.value) for keyword in before.kwargs}
        attribute = named.get("attribute") or (_constant(before.args[2]) if len(before.args) == 3 else None)  # noqa: PLR2004
    if key is None or attribute != key:
        hint = f"write … | sort(attribute='{key}') | groupby('{key}')"
        yield Fault(node.lineno, "groupby groups only what is sorted in the same way in both", hint)
    else:
        hint = "loop over the keys you know, with an if inside"
        yield _sometimes(node, "groupby takes capitals and digits apart in another way in Backstage", hint)


def _sometimes(node: nodes.Node, message: str, hint: str | None = None) -> Fault:
    return Fault(node.lineno, message, hint, always=False)


def _constant(node: nodes.Node | None) -> object:
    return node.value if isinstance(node, nodes.Const) else None


def _is_even(value: object) -> bool:
    return isinstance(value, int) and value % 2 == 0
