"""Expressions: the part of Jinja2's that manifests may use, checked and compiled once, then evaluated many times.

Jinja2 parses them and lends its filters and tests. The tree is compiled to closures instead of by `compile_expression`:
that is ten times faster to compile and to evaluate, reaches no attribute of any Python object, and can say what was
missing from what.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from itdo_platform_gen.syntax.data import describe, show
from itdo_platform_gen.syntax.evaluation import (
    EvaluationError,
    MissingError,
    item_of,
    joined,
    text_of,
)
from itdo_platform_gen.syntax.jinja import FILTERS, TESTS, apply_filter, apply_test, nodes, parse
from itdo_platform_gen.syntax.lookup import lookup_of, reads_of
from itdo_platform_gen.syntax.near import suggest
from itdo_platform_gen.syntax.operation import calculate, compare, number_range, split

if TYPE_CHECKING:
    from collections.abc import Callable

    from itdo_platform_gen.syntax.lookup import Read

    Names: TypeAlias = dict[str, object]
    Evaluate: TypeAlias = Callable[[Names], object]

_LONGEST_SOURCE = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A compiled expression, with its source and what it reads."""

    source: str
    reads: tuple[Read, ...]
    lookup: Read | None
    """What it looks up, where it does nothing else."""
    evaluate: Evaluate
    """Give the value for the names given; raises EvaluationError."""


@lru_cache(maxsize=2048)
def compile_expression(source: str) -> Expression:
    """Compile one expression; the same source gives the same one, since templates repeat themselves.

    Raises EvaluationError where it is none, or uses what manifests may not.
    """
    if len(source) > _LONGEST_SOURCE:
        raise EvaluationError(f"the expression has more than {_LONGEST_SOURCE:,} characters")
    tree = parse(source.strip())
    try:
        return Expression(source.strip(), tuple(dict.fromkeys(reads_of(tree))), lookup_of(tree), _compile(tree))
    except RecursionError:
        raise EvaluationError("nested too deep") from None


def _compile(node: nodes.Node) -> Evaluate:
    compiler = _COMPILERS.get(type(node))
    if compiler is None:
        name = type(node).__name__
        raise EvaluationError(f"{_UNSUPPORTED.get(name, name)} is not part of the language", "see docs/blueprints.md")
    return compiler(node)


def _const(node: nodes.Const) -> Evaluate:
    value = node.value
    if isinstance(value, float) and not math.isfinite(value):
        raise EvaluationError("the number is too large")
    return lambda _names: value


def _text(node: nodes.TemplateData) -> Evaluate:
    value = node.data
    return lambda _names: value


def _name(node: nodes.Name) -> Evaluate:
    name = node.name

    def evaluate(names: Names) -> object:
        try:
            return names[name]
        except KeyError:
            raise MissingError(f'no "{name}" here', name, names) from None

    return evaluate


def _getattr(node: nodes.Getattr) -> Evaluate:
    return _lookup(node.node, node.attr)


def _getitem(node: nodes.Getitem) -> Evaluate:
    if isinstance(node.arg, nodes.Const):
        return _lookup(node.node, node.arg.value)
    holder, key = _compile(node.node), _compile(node.arg)
    return lambda names: item_of(holder(names), key(names))


def _lookup(inner: nodes.Expr, key: Any) -> Evaluate:
    holder, written = _compile(inner), lookup_of(inner) or "the value"

    def evaluate(names: Names) -> object:
        found = holder(names)
        try:
            return found[key]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            pass
        try:
            return item_of(found, key)
        except MissingError as error:
            raise MissingError(
                f"{written} has {error.message.removesuffix(' there')}", error.name, error.known
            ) from None
        except EvaluationError:
            raise EvaluationError(f'{written} is {describe(found)} and has no "{key}"') from None

    def guarded(names: Names) -> object:
        found = holder(names)
        if isinstance(found, str):  # a text's characters are no items
            raise EvaluationError(f'{written} is a string and has no "{key}"')
        return evaluate(names)

    return guarded if isinstance(key, int) else evaluate


def _list(node: nodes.List | nodes.Tuple) -> Evaluate:
    items = [_compile(item) for item in node.items]
    return lambda names: [item(names) for item in items]


def _dict(node: nodes.Dict) -> Evaluate:
    pairs = [(_compile(pair.key), _compile(pair.value)) for pair in node.items]

    def evaluate(names: Names) -> object:
        result: dict[str, object] = {}
        for key, value in pairs:
            name = key(names)
            if not isinstance(name, str):
                raise EvaluationError(f"a key must be a string, got {show(name)}")
            result[name] = value(names)
        return result

    return evaluate


def _not(node: nodes.Not) -> Evaluate:
    inner = _compile(node.node)
    return lambda names: not inner(names)


def _and(node: nodes.And) -> Evaluate:
    left, right = _compile(node.left), _compile(node.right)
    return lambda names: left(names) and right(names)


def _or(node: nodes.Or) -> Evaluate:
    left, right = _compile(node.left), _compile(node.right)
    return lambda names: left(names) or right(names)


def _if(node: nodes.CondExpr) -> Evaluate:
    if node.expr2 is None:
        raise EvaluationError("an if inside an expression needs an else")
    test, yes, no = _compile(node.test), _compile(node.expr1), _compile(node.expr2)
    return lambda names: yes(names) if test(names) else no(names)


def _concat(node: nodes.Concat) -> Evaluate:
    parts = [_compile(part) for part in node.nodes]
    return lambda names: joined([text_of(part(names)) for part in parts])


def _compare(node: nodes.Compare) -> Evaluate:
    first = _compile(node.expr)
    rest = [(operand.op, _compile(operand.expr)) for operand in node.ops]

    def evaluate(names: Names) -> object:
        left = first(names)
        for word, operand in rest:
            right = operand(names)
            if not compare(word, left, right):
                return False
            left = right
        return True

    return evaluate


def _arithmetic(node: nodes.BinExpr) -> Evaluate:
    sign, left, right = node.operator, _compile(node.left), _compile(node.right)
    return lambda names: calculate(sign, left(names), right(names))


def _negative(node: nodes.Neg) -> Evaluate:
    inner = _compile(node.node)
    return lambda names: calculate("-", 0, inner(names))


def _filter(node: nodes.Filter) -> Evaluate:
    if node.name not in FILTERS:
        raise EvaluationError(f"no filter {node.name}", suggest(node.name, FILTERS))
    if node.node is None or node.dyn_args is not None or node.dyn_kwargs is not None:
        raise EvaluationError(f"filter {node.name} is not used like this")
    name, value = node.name, _compile(node.node)
    arguments = [_compile(argument) for argument in node.args]
    named = [(str(pair.key), _compile(pair.value)) for pair in node.kwargs]
    otherwise = [*arguments, *(argument for key, argument in named if key == "default_value")]
    if name == "default":
        value = _or_nothing(value)

    def evaluate(names: Names) -> object:
        given = value(names)
        if given is _NOTHING:
            return otherwise[0](names) if otherwise else ""
        options: dict[str, object] = {key: argument(names) for key, argument in named}
        return apply_filter(name, given, [argument(names) for argument in arguments], options)

    return evaluate


_NOTHING = object()


def _or_nothing(value: Evaluate) -> Evaluate:
    """Give _NOTHING where what is asked for is missing."""

    def evaluate(names: Names) -> object:
        try:
            return value(names)
        except MissingError:
            return _NOTHING

    return evaluate


def _test(node: nodes.Test) -> Evaluate:
    if node.name not in TESTS:
        raise EvaluationError(f"no test {node.name}", suggest(node.name, TESTS))
    value = _compile(node.node)
    if node.name == "defined":
        asked = _or_nothing(value)
        return lambda names: asked(names) is not _NOTHING
    name, arguments = node.name, [_compile(argument) for argument in node.args]
    return lambda names: apply_test(name, value(names), [argument(names) for argument in arguments])


def _call(node: nodes.Call) -> Evaluate:
    called = node.node
    arguments = [_compile(argument) for argument in node.args]
    plain = not node.kwargs and node.dyn_args is None and node.dyn_kwargs is None
    if plain and isinstance(called, nodes.Name) and called.name == "range" and 1 <= len(arguments) <= 3:  # noqa: PLR2004
        return lambda names: number_range([argument(names) for argument in arguments])
    if plain and isinstance(called, nodes.Getattr) and called.attr == "split" and len(arguments) == 1:
        text = _compile(called.node)
        return lambda names: split(text(names), arguments[0](names))
    if isinstance(called, nodes.Getattr) and called.attr in FILTERS:
        raise EvaluationError(f"{called.attr}() cannot be called", f"write it as a filter: … | {called.attr}")
    name = called.attr if isinstance(called, nodes.Getattr) else lookup_of(called) or "the value"
    raise EvaluationError(f"{name}() cannot be called", "there is: range(n), and split on a text")


_COMPILERS: dict[type[nodes.Node], Callable[[Any], Evaluate]] = {
    nodes.Add: _arithmetic,
    nodes.And: _and,
    nodes.Call: _call,
    nodes.Compare: _compare,
    nodes.Concat: _concat,
    nodes.CondExpr: _if,
    nodes.Const: _const,
    nodes.Dict: _dict,
    nodes.Filter: _filter,
    nodes.FloorDiv: _arithmetic,
    nodes.Getattr: _getattr,
    nodes.Getitem: _getitem,
    nodes.List: _list,
    nodes.Mod: _arithmetic,
    nodes.Mul: _arithmetic,
    nodes.Name: _name,
    nodes.Neg: _negative,
    nodes.Not: _not,
    nodes.Or: _or,
    nodes.Sub: _arithmetic,
    nodes.TemplateData: _text,
    nodes.Test: _test,
    nodes.Tuple: _list,
}
_UNSUPPORTED = {"Div": "/ (// divides integers)", "Pow": "**", "Slice": "a slice", "Pos": "a leading +"}
