"""Portable: the part of Jinja2 in which a text template gives the same bytes here, in Copier and in Backstage.

Backstage renders with Nunjucks, which shares Jinja2's syntax and differs in much of what it means. What differs was
found by rendering with both; a template that uses it is refused, with the form that means the same to both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.portable_filters import filter_faults, is_pairs, is_stream
from itdo_platform_gen.blueprint.portable_operators import arithmetic_faults, comparison_faults
from itdo_platform_gen.blueprint.portable_text import Fault
from itdo_platform_gen.blueprint.scope import ANY, Shape
from itdo_platform_gen.blueprint.shapes import shape_of
from itdo_platform_gen.syntax.jinja import CONTENT_TESTS, LOOP_FIELDS, nodes
from itdo_platform_gen.syntax.lookup import lookup_of
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

RESERVED = frozenset({"copy", "get", "items", "keys", "none", "pop", "update", "values"})
"""Names that values must not have: methods of mappings in one engine, keywords in another."""

_PRINTED = {
    "boolean": ("prints True here and true in Backstage", "write ${{ 'true' if … else 'false' }}"),
    "null": ("prints None here and nothing in Backstage", "write ${{ … | default('', true) }}"),
    "array": ("is printed differently by each engine", "join it, or loop over it"),
    "object": ("is printed differently by each engine", "print its keys one by one"),
    "number": ("may print other digits in each engine", "use integers or strings"),
}
_STATEMENTS = {
    "Include": "include", "Import": "import", "FromImport": "import", "Extends": "extends", "Block": "block",
    "With": "with", "CallBlock": "call", "FilterBlock": "filter", "AssignBlock": "set … endset", "Slice": "a slice",
    "ScopedEvalContextModifier": "autoescape", "Pow": "**", "Div": "/", "NSRef": "namespace",
}  # fmt: skip
_INSTEAD = {"Div": "count with integers, or give the result as a value", "Slice": "give the part as a value of its own"}
_INTEGER, _BOOLEAN = Shape(type="integer"), Shape(type="boolean")
_LOOP = Shape({name: _BOOLEAN if name in {"first", "last"} else _INTEGER for name in LOOP_FIELDS}, type="object")


@dataclass(slots=True)
class Portability:
    """Looks through the syntax tree of one template; `scope` holds the shapes of the names in force."""

    scope: dict[str, Shape]
    macros: dict[str, nodes.Macro] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """The values that were read."""
    in_loop: bool = False

    def faults(self, tree: nodes.Template) -> Iterator[Fault]:
        """Give what is not portable, in the order it is found."""
        self.macros |= {macro.name: macro for macro in tree.find_all(nodes.Macro)}
        yield from self._statements(tree.body)

    def _statements(self, body: list[nodes.Node]) -> Iterator[Fault]:
        for node in body:
            yield from self._statement(node)

    def _statement(self, node: nodes.Node) -> Iterator[Fault]:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData):
                    yield from self._expression(part)
                    yield from self._printed(part)
        elif isinstance(node, nodes.If):
            yield from self._condition(node.test)
            for branch in node.elif_:
                yield from self._statement(branch)
            yield from self._statements([*node.body, *node.else_])
        elif isinstance(node, nodes.For):
            yield from self._loop(node)
        elif isinstance(node, nodes.Assign):
            yield from self._assign(node)
        elif isinstance(node, nodes.Macro):
            inner = Portability({**self.scope, **{arg.name: ANY for arg in node.args}}, self.macros, self.used)
            yield from inner._statements(node.body)
        else:
            yield self._unknown(node)

    def _loop(self, node: nodes.For) -> Iterator[Fault]:
        yield from self._expression(node.iter, stream=True)
        shape = shape_of(self.scope, node.iter)
        if node.test is not None:
            yield Fault(node.lineno, "for … if filters here and not in Backstage", "put an if inside the loop")
        if node.recursive:
            yield Fault(node.lineno, "a recursive loop is unknown to Backstage")
        if isinstance(node.target, nodes.Tuple) != is_pairs(node.iter):
            message = "a loop with two names goes over pairs, and over pairs goes nothing else"
            yield Fault(node.lineno, message, "write for k, v in … | dictsort")
        if shape.type == "string":
            yield Fault(node.lineno, "a loop over a text cuts characters like 🚀 in two in Backstage")
        if shape.type == "object":
            yield Fault(node.lineno, "a loop over a mapping differs", "write for k, v in … | dictsort")
        targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
        names = {target.name: ANY for target in targets if isinstance(target, nodes.Name)}
        if len(names) == 1 and shape.item is not None:
            names = dict.fromkeys(names, shape.item)
        inner = Portability({**self.scope, **names, "loop": _LOOP}, self.macros, self.used, in_loop=True)
        yield from inner._statements(node.body)
        yield from self._statements(node.else_)

    def _assign(self, node: nodes.Assign) -> Iterator[Fault]:
        yield from self._expression(node.node)
        if self.in_loop:
            yield Fault(
                node.lineno, "set inside a loop keeps its value in Backstage alone", "use the expression itself"
            )
        if isinstance(node.target, nodes.Name):
            self.scope[node.target.name] = shape_of(self.scope, node.node)
        else:
            yield Fault(node.lineno, "set takes one name")

    def _condition(self, node: nodes.Node) -> Iterator[Fault]:
        yield from self._expression(node)
        yield from self._truth(node)

    def _truth(self, node: nodes.Node) -> Iterator[Fault]:
        """Look at an expression that is asked for being true; what is inside `and`, `or`, `not` asks for itself."""
        if shape_of(self.scope, node).type in {"array", "object"}:
            yield Fault(node.lineno, "an empty list or mapping is true in Backstage", "write … | length")

    def _printed(self, node: nodes.Node, *, only_true: bool = False) -> Iterator[Fault]:
        """Look at what an expression is printed as, whichever branch is taken; `only_true`: where it is true."""
        if isinstance(node, nodes.CondExpr):
            branches = [(node.expr1, only_true), (node.expr2, only_true)]
        elif isinstance(node, nodes.Or):
            branches = [(node.left, True), (node.right, only_true)]
        elif isinstance(node, nodes.And):
            branches = [(node.right, only_true)] if only_true else [(node.left, False), (node.right, False)]
        elif isinstance(node, nodes.Filter) and node.name == "default" and node.node is not None:
            branches = [(node.node, True), *((value, only_true) for value in node.args[:1])]
        else:
            told = _PRINTED.get(shape_of(self.scope, node).type)
            if told is not None:
                yield Fault(node.lineno, f"{_named(node)} {told[0]}", told[1])
            return
        for branch, is_true in branches:
            if branch is not None:
                yield from self._printed(branch, only_true=is_true)

    def _expression(self, node: nodes.Node, *, stream: bool = False) -> Iterator[Fault]:
        """Look through an expression; `stream` tells that it may be something to go through once."""
        read = lookup_of(node)
        if read is not None:
            yield from self._lookup(node, read.root, read.path)
        elif isinstance(node, nodes.Call):
            yield from self._call(node)
        elif isinstance(node, nodes.CondExpr):
            yield from self._choice(node)
        elif not isinstance(node, _EXPRESSIONS):
            yield self._unknown(node)
        else:
            if is_stream(node) and not stream:
                message = "what this filter gives can be gone through once in Copier"
                yield Fault(node.lineno, message, "loop over it right here, or join, sort or take the first")
            yield from self._own(node)
            for child in node.iter_child_nodes():
                yield from self._expression(child, stream=isinstance(node, nodes.Filter))

    def _own(self, node: nodes.Node) -> Iterator[Fault]:
        """Give what is not portable in an expression itself, whatever its parts are."""
        if isinstance(node, nodes.Filter):
            yield from filter_faults(node, self.scope)
        elif isinstance(node, nodes.Compare):
            yield from comparison_faults(node, self.scope)
        elif isinstance(node, (nodes.Add, nodes.FloorDiv, nodes.Mod, nodes.Mul, nodes.Sub)):
            yield from arithmetic_faults(node, self.scope)
        elif isinstance(node, nodes.Test):
            yield from self._test(node)
        elif isinstance(node, nodes.Concat):
            for part in node.nodes:
                yield from self._printed(part)
        elif isinstance(node, (nodes.And, nodes.Or, nodes.Not)):
            for child in node.iter_child_nodes():
                yield from self._truth(child)
        else:
            yield from _literal_faults(node)

    def _test(self, node: nodes.Test) -> Iterator[Fault]:
        if node.name not in CONTENT_TESTS:
            hint = "compare with ==, or write the condition itself"
            yield Fault(node.lineno, f"is {node.name} differs or is unknown to Backstage", hint)
        elif node.name == "number" and shape_of(self.scope, node.node).type == "boolean":
            yield Fault(node.lineno, "a boolean is a number here and none in Backstage")

    def _choice(self, node: nodes.CondExpr) -> Iterator[Fault]:
        yield from self._condition(node.test)
        yield from self._expression(node.expr1)
        if node.expr2 is None:
            yield Fault(node.lineno, "an if without else prints differently where it does not hold", "add else ''")
        else:
            yield from self._expression(node.expr2)

    def _lookup(self, node: nodes.Node, root: str, path: tuple[str | int, ...]) -> Iterator[Fault]:
        if root == "_copier_answers":
            return  # Copier's own; empty elsewhere
        shape = self.scope.get(root)
        if shape is None:
            yield Fault(node.lineno, f'no "{root}" here', suggest(root, self.scope))
            return
        if root == "values" and path:
            self.used.add(str(path[0]))
        if root == "loop" and path and path[0] not in LOOP_FIELDS:
            yield Fault(
                node.lineno, f"loop.{path[0]} differs in Backstage", f"there is loop.{', loop.'.join(LOOP_FIELDS)}"
            )
            return
        for part in path:
            if part == "length" and shape.type in {"array", "string"}:
                yield Fault(node.lineno, 'no "length" there', "write … | length")
                return
            if isinstance(part, str) and part in RESERVED:
                yield Fault(node.lineno, f'"{part}" is a method in one of the engines', "give the value another name")
            elif shape.keys is not None and part not in shape.keys:
                yield Fault(node.lineno, f'no "{part}" there', suggest(str(part), shape.keys))
                return
            shape = (shape.item if isinstance(part, int) else (shape.keys or {}).get(str(part))) or ANY

    def _call(self, node: nodes.Call) -> Iterator[Fault]:
        for child in (*node.args, *(keyword.value for keyword in node.kwargs)):
            yield from self._expression(child)
        callee = node.node
        if isinstance(callee, nodes.Name) and callee.name == "range" and not node.kwargs:
            return
        if isinstance(callee, nodes.Name) and callee.name in self.macros:
            yield from self._macro_call(node, self.macros[callee.name])
            return
        if isinstance(callee, nodes.Getattr) and callee.attr == "split" and len(node.args) == 1:
            yield from self._expression(callee.node)
            if isinstance(node.args[0], nodes.Const) and not node.args[0].value:
                yield Fault(node.lineno, "split needs a separator")
            return
        name = callee.attr if isinstance(callee, nodes.Getattr) else getattr(callee, "name", "this")
        hint = "write … | replace(a, b)" if name == "replace" else "there are range, .split(x) and your own macros"
        yield Fault(node.lineno, f"{name}() differs or is unknown to Backstage", hint)

    def _macro_call(self, node: nodes.Call, macro: nodes.Macro) -> Iterator[Fault]:
        given = len(node.args) + len(node.kwargs)
        if not len(macro.args) - len(macro.defaults) <= given <= len(macro.args):
            yield Fault(node.lineno, f"{macro.name} takes {len(macro.args)} arguments, got {given}")
        for value in (*node.args, *(keyword.value for keyword in node.kwargs)):
            if shape_of(self.scope, value).type in _PRINTED:
                message = "what a macro does with an argument that is no text or integer cannot be told"
                yield Fault(node.lineno, message, "give it texts and integers")

    def _unknown(self, node: nodes.Node) -> Fault:
        kind = type(node).__name__
        word = _STATEMENTS.get(kind, kind.lower())
        return Fault(node.lineno, f"{word} differs or is unknown to Backstage", _INSTEAD.get(kind))


_EXPRESSIONS = (
    nodes.Add, nodes.And, nodes.Compare, nodes.Concat, nodes.Const, nodes.Dict, nodes.Filter, nodes.FloorDiv,
    nodes.Getattr, nodes.Getitem, nodes.Keyword, nodes.List, nodes.Mod, nodes.Mul, nodes.Name, nodes.Neg, nodes.Not,
    nodes.Operand, nodes.Or, nodes.Pair, nodes.Sub, nodes.TemplateData, nodes.Test,
)  # fmt: skip


def _literal_faults(node: nodes.Node) -> Iterator[Fault]:
    if isinstance(node, nodes.Const) and isinstance(node.value, float):
        yield Fault(node.lineno, "floats are printed differently by each engine", "use integers or strings")
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Neg):
        yield Fault(node.lineno, "an index below 0 is unknown to Backstage", "write … | last")
    elif isinstance(node, nodes.Dict) and any(not isinstance(pair.key, nodes.Const) for pair in node.items):
        yield Fault(node.lineno, "a computed key is unknown to Backstage", "write the key itself")


def _named(node: nodes.Node) -> str:
    read = lookup_of(node)
    return str(read) if read is not None else "this"
