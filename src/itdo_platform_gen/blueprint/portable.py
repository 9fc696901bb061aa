"""Portable: the part of Jinja2 in which a text template gives the same bytes here, in Copier and in Backstage.

Backstage renders with Nunjucks, which shares Jinja2's syntax and differs in much of what it means. What differs was
found by rendering with both; a template that uses it is refused, with the form that means the same to both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from itdo_platform_gen.blueprint.scope import ANY, LOOP, Shape
from itdo_platform_gen.blueprint.shapes import shape_of
from itdo_platform_gen.syntax.jinja import CONTENT_FILTERS, CONTENT_TESTS, LOOP_FIELDS, content_tokens, nodes
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
_PYTHON_WORDS = {"True": "true", "False": "false", "None": "none"}


class Fault(NamedTuple):
    """What is not portable: the line, from 1, what stands there, and what to write instead."""

    line: int
    message: str
    hint: str | None = None


def written_faults(text: str) -> Iterator[Fault]:
    """Give what can be seen in the text itself: words of Python, and comments that take a line's end with them."""
    within = False
    for line, sort, written in content_tokens(text):
        if sort in {"variable_begin", "block_begin"}:
            within = True
        elif sort in {"variable_end", "block_end"}:
            within = False
        elif within and sort == "name" and written in _PYTHON_WORDS:
            yield Fault(line, f"{written} is unknown to Backstage", f"write {_PYTHON_WORDS[written]}")
    for match in re.finditer(r"\{#.*?#\}|\{%[-+]?\s*(?:end)?raw\b.*?%\}", text, re.DOTALL):
        before = text[: match.start()].rpartition("\n")[2]
        after = text[match.end() :].partition("\n")
        if not before.strip() or (not after[0].strip() and after[1]) or "\n" in match[0]:
            line = text.count("\n", 0, match.start()) + 1
            what = "a comment" if match[0].startswith("{#") else "raw"
            yield Fault(line, f"{what} at the start or end of a line leaves another line break in each engine", _WITHIN)


_WITHIN = "put it between other text of the line, or write the text as a string: ${{ '…' }}"


@dataclass(slots=True)
class Portability:
    """Looks through the syntax tree of one template; `scope` holds the shapes of the names in force."""

    scope: dict[str, Shape]
    macros: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    """The values that were read."""
    in_loop: bool = False

    def faults(self, tree: nodes.Template) -> Iterator[Fault]:
        """Give what is not portable, in the order it is found."""
        self.macros |= {macro.name for macro in tree.find_all(nodes.Macro)}
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
        yield from self._expression(node.iter)
        sorted_pairs = isinstance(node.iter, nodes.Filter) and node.iter.name in {"dictsort", "groupby"}
        shape = shape_of(self.scope, node.iter)
        if node.test is not None:
            yield Fault(node.lineno, "for … if filters here and not in Backstage", "put an if inside the loop")
        if node.recursive:
            yield Fault(node.lineno, "a recursive loop is unknown to Backstage")
        if isinstance(node.target, nodes.Tuple) and not sorted_pairs:
            yield Fault(node.lineno, "a loop with two names goes over pairs", "write for k, v in … | dictsort")
        if shape.type == "object":
            yield Fault(node.lineno, "a loop over a mapping differs", "write for k, v in … | dictsort")
        targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
        names = {target.name: ANY for target in targets if isinstance(target, nodes.Name)}
        if len(names) == 1 and shape.item is not None:
            names = dict.fromkeys(names, shape.item)
        inner = Portability({**self.scope, **names, "loop": LOOP}, self.macros, self.used, in_loop=True)
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
        for part in _operands(node):
            if shape_of(self.scope, part).type in {"array", "object"}:
                yield Fault(part.lineno, "an empty list or mapping is true in Backstage", "write … | length")

    def _printed(self, node: nodes.Expr) -> Iterator[Fault]:
        told = _PRINTED.get(shape_of(self.scope, node).type)
        if told is not None:
            yield Fault(node.lineno, f"{_named(node)} {told[0]}", told[1])

    def _expression(self, node: nodes.Node) -> Iterator[Fault]:
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
            yield from self._own(node)
            for child in node.iter_child_nodes():
                yield from self._expression(child)

    def _own(self, node: nodes.Node) -> Iterator[Fault]:
        """Give what is not portable in an expression itself, whatever its parts are."""
        if isinstance(node, nodes.Filter):
            yield from self._filter(node)
        elif isinstance(node, nodes.Test) and node.name not in CONTENT_TESTS:
            hint = "compare with ==, or write the condition itself"
            yield Fault(node.lineno, f"is {node.name} differs or is unknown to Backstage", hint)
        elif isinstance(node, nodes.Const) and isinstance(node.value, float):
            yield Fault(node.lineno, "floats are printed differently by each engine", "use integers or strings")
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Neg):
            yield Fault(node.lineno, "an index below 0 is unknown to Backstage", "write … | last")
        elif isinstance(node, nodes.Add):
            yield from self._sum(node)

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
            if isinstance(part, str) and part in RESERVED:
                yield Fault(node.lineno, f'"{part}" is a method in one of the engines', "give the value another name")
            elif shape.keys is not None and part not in shape.keys:
                yield Fault(node.lineno, f'no "{part}" there', suggest(str(part), shape.keys))
                return
            shape = (shape.item if isinstance(part, int) else (shape.keys or {}).get(str(part))) or ANY

    def _call(self, node: nodes.Call) -> Iterator[Fault]:
        for child in (*node.args, *node.kwargs):
            yield from self._expression(child)
        callee = node.node
        if isinstance(callee, nodes.Name) and callee.name in {"range", *self.macros}:
            return
        if isinstance(callee, nodes.Getattr) and callee.attr == "split" and len(node.args) == 1:
            yield from self._expression(callee.node)
            return
        name = callee.attr if isinstance(callee, nodes.Getattr) else getattr(callee, "name", "this")
        hint = "write … | replace(a, b)" if name == "replace" else "there are range, .split(x) and your own macros"
        yield Fault(node.lineno, f"{name}() differs or is unknown to Backstage", hint)

    def _filter(self, node: nodes.Filter) -> Iterator[Fault]:
        name, given = node.name, node.args
        if name not in CONTENT_FILTERS:
            near = suggest(name, CONTENT_FILTERS)
            yield Fault(node.lineno, f"the filter {name} differs or is unknown to Backstage", near)
        elif name == "selectattr" and len(given) != 1:
            yield Fault(node.lineno, "selectattr takes one argument in Backstage", "put an if inside the loop")
        elif name == "default" and not (len(given) == 2 and _is_true(given[1])):  # noqa: PLR2004
            hint = "write … | default(x, true)"
            yield Fault(node.lineno, "default without true answers for other values in Backstage", hint)
        if node.node is None:
            yield Fault(node.lineno, f"the filter {name} stands over a block")

    def _sum(self, node: nodes.Add) -> Iterator[Fault]:
        left, right = shape_of(self.scope, node.left).type, shape_of(self.scope, node.right).type
        if "array" in {left, right} or (left and right and "string" in {left, right} and left != right):
            yield Fault(node.lineno, "+ on these differs in Backstage", "write ~ to join texts")

    def _unknown(self, node: nodes.Node) -> Fault:
        kind = type(node).__name__
        word = _STATEMENTS.get(kind, kind.lower())
        return Fault(node.lineno, f"{word} differs or is unknown to Backstage", _INSTEAD.get(kind))


_EXPRESSIONS = (
    nodes.Add, nodes.And, nodes.Compare, nodes.Concat, nodes.Const, nodes.Dict, nodes.Filter, nodes.FloorDiv,
    nodes.Getattr, nodes.Getitem, nodes.Keyword, nodes.List, nodes.Mod, nodes.Mul, nodes.Name, nodes.Neg, nodes.Not,
    nodes.Operand, nodes.Or, nodes.Pair, nodes.Sub, nodes.TemplateData, nodes.Test, nodes.Tuple,
)  # fmt: skip


def _operands(node: nodes.Node) -> Iterator[nodes.Node]:
    """Give the parts of a condition that are asked for being true."""
    if isinstance(node, (nodes.And, nodes.Or)):
        yield from _operands(node.left)
        yield from _operands(node.right)
    elif isinstance(node, nodes.Not):
        yield from _operands(node.node)
    else:
        yield node


def _is_true(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and node.value is True


def _named(node: nodes.Expr) -> str:
    read = lookup_of(node)
    return str(read) if read is not None else "this"
