"""Expressions: what they read, what they may not do, and what they may not cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from jinja2.parser import Parser

from itdo_platform_gen.syntax.evaluation import EvaluationError, MissingError
from itdo_platform_gen.syntax.expression import compile_expression
from itdo_platform_gen.syntax.jinja import FILTERS, TESTS, parse
from templates import value_of

if TYPE_CHECKING:
    from itdo_platform_gen.syntax.lookup import Read

_FILTERS = """
upper lower capitalize trim replace join length first last sort reverse batch groupby selectattr rejectattr map unique
wordcount default string sum int float dictsort list abs min max slug sha256 to_json combine
"""
_TESTS = "defined none string number integer float boolean mapping sequence even odd divisibleby eq ne lt le gt ge in"


def test_filters_and_tests_are_those_of_the_documentation() -> None:
    """No more and no fewer."""
    assert set(_FILTERS.split()) == FILTERS
    assert set(_TESTS.split()) == TESTS


@pytest.mark.parametrize(
    ("source", "reads", "lookup"),
    [
        ("a", ["a"], "a"),
        ("values.a.b", ["values.a.b"], "values.a.b"),
        ("values['a'].b[0].c", ["values.a.b.0.c"], "values.a.b.0.c"),
        (" values.a ", ["values.a"], "values.a"),
        ("values[values.k].b", ["values", "values.k"], None),
        ("values.a[-1]", ["values.a"], None),
        ("values.a | upper", ["values.a"], None),
        ("values.a | default(values.b)", ["values.a", "values.b"], None),
        ("values.a if values.b else values.c", ["values.b", "values.a", "values.c"], None),
        ("values.a == values.b and not values.a", ["values.a", "values.b"], None),
        ("values.a is divisibleby(values.b)", ["values.a", "values.b"], None),
        ("values.a.split(values.b)[0]", ["values.a", "values.b"], None),
        ("range(values.n)", ["values.n"], None),
        ("[values.a, {'k': x.y}]", ["values.a", "x.y"], None),
        ("values.a ~ 'text' ~ 1", ["values.a"], None),
        ("'values.a'", [], None),
        ("true", [], None),
    ],
)
def test_an_expression_says_what_it_reads(source: str, reads: list[str], lookup: str | None) -> None:
    """Each lookup once; and whether the expression is nothing else."""

    def written(read: Read) -> str:
        return ".".join([read.root, *map(str, read.path)])

    expression = compile_expression(source)
    assert sorted(map(written, expression.reads)) == sorted(reads)
    assert (written(expression.lookup) if expression.lookup else None) == lookup
    assert expression.source == source.strip()


_NAMES = "a values true True none None if in is not and or else for loop range self _ a1 A IF".split()  # noqa: SIM905


@given(st.lists(st.sampled_from(_NAMES), min_size=1, max_size=4).map(".".join))
def test_lookups_are_parsed_as_jinja_parses_them(source: str) -> None:
    """The short way to the tree of `a.b.c` gives the tree of the long one, or the same refusal."""
    environment = Environment(autoescape=True)
    try:
        parser = Parser(environment, source, state="variable")
        tree = parser.parse_expression()
        if not parser.stream.eos:
            raise ValueError(source)  # noqa: TRY301
    except Exception:  # noqa: BLE001
        with pytest.raises(EvaluationError):
            parse(source)
    else:
        assert parse(source) == tree


@pytest.mark.parametrize(
    "source",
    [
        "''.__class__", "''['__class__']", "[].__class__.__base__", "(1).__class__", "none.__class__", "true.real",
        "{}.keys", "values.__class__", "values.m.__init__", "values.l.append", "values.m.items", "values.s.format",
        "values.s.upper", "values.l | map(attribute='__class__') | list", "values.l | map('attr', '__class__') | list",
        "values.s | attr('x')", "values.l | sort(attribute='__class__')", "values.l | groupby('__class__')",
        "values.l | sum(attribute='__class__')", "values.l | selectattr('__class__')",
        "values.l | join(attribute='__class__')", "values.l | unique(attribute='__class__')",
        "values.l | min(attribute='__class__')", "values.l | first.__class__", "range.__globals__", "self",
        "self.__init__", "lipsum", "lipsum.__globals__", "cycler", "joiner", "namespace", "dict", "caller", "config",
        "request", "loop", "super", "__builtins__", "__import__", "open('/etc/passwd')", "lipsum()", "cycler('a')",
        "namespace()", "dict()", "self()", "range()", "'%s'.format(1)", "'{0.__class__}'.format(1)", "'%s' % 1",
        "'%s' | format(1)", "'a'.join(['b'])", "values.m.get('a')", "values.s.split('a').__class__",
        "values.s.split.__self__", "values.s.split('a', 1)", "values.s.split(sep='a')", "range(*[1])", "range(**{})",
        "values.l[::1]", "values.l | map('map', 'attr', 'x') | list", "values.m['__class__']",
        "values.l | map(attribute=0) | list", "values.s | safe", "values.s | e", "values.s | tojson",
        "values.s | pprint", "values.s | xmlattr", "values.l | random", "values.s is callable", "values.s is sameas 1",
        "values.s is filter", "not_there", "1 if", "values.l | map",
    ],
)  # fmt: skip
def test_nothing_but_data_is_in_reach(source: str) -> None:
    """No attribute, method, global or filter leads to Python, whether it is refused when compiled or when evaluated."""
    with pytest.raises(EvaluationError):
        value_of(compile_expression(source), s="text", l=[1, "a"], m={"a": 1})


@pytest.mark.parametrize(
    "source",
    [
        "range(10**9)", "range(1000000000)", "range(0, 99999999999999999999999999)", "range(-10000, 10000)",
        "'a' * 1000000000", "[0] * 1000000000", "9999999999 ** 9999999999", "'%1000000000d' % 1",
        "'%1000000000d' is odd", "'%1000000000d' is divisibleby 3",
        "'a' | replace('a', values.big) | replace('b', values.big)", "range(10000) | join(values.big)",
        "values.big ~ values.big ~ values.big", "[values.big, values.big, values.big] | join",
        "[values.big, values.big, values.big] | to_json", "[1] | batch(1000000000, 0)", "[1] | to_json(1000000000)",
        "[1] | to_json('aaaaaaaaaaaaa')", "range(10000) | map('replace', '1', values.big)", "values.big | list",
        "values.big.split('b')", "values.big.split('b') | length", "[[1]] | sum(start=[])", "1e308 * 1e308", "1e400",
        "values.n * values.n", "values.n | int * values.n | int", "9" * 5000, "(" * 3000 + "1" + ")" * 3000,
        "[" * 3000, "not " * 3000 + "1", "1" + " + 1" * 3000, "values" + ".a" * 6000, "1" + " | default(1)" * 800,
        "'" + "a" * 10001 + "'",
    ],
)  # fmt: skip
def test_nothing_takes_the_machine(source: str) -> None:
    """Large numbers, lists and texts are refused before they are made, deep ones before the stack ends."""
    with pytest.raises(EvaluationError):
        value_of(compile_expression(source), big="b" * 7_000_000, n=10**1000)


def test_an_expression_is_shared_and_keeps_nothing() -> None:
    """The same source gives the same expression, which gives each value anew."""
    one, other = compile_expression("[values.x]"), compile_expression("[values.x]")
    assert one is other
    assert value_of(one, x=1) == [1]
    assert value_of(one, x=2) == [2]
    assert value_of(one, x=1) is not value_of(one, x=1)


def test_an_error_says_what_is_missing_from_what() -> None:
    """With the nearest name as its hint, found only when somebody reads it."""
    with pytest.raises(MissingError) as caught:
        value_of(compile_expression("values.spec.replica"), spec={"replicas": 1})
    assert (caught.value.message, caught.value.hint) == ('values.spec has no "replica"', "did you mean replicas?")
