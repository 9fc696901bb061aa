"""Templates: a value comes back as it is, and whatever is written, faults are diagnostics."""

from __future__ import annotations

import contextlib

from hypothesis import example, given, settings
from hypothesis import strategies as st

from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.render.emit import emit
from itdo_platform_gen.syntax.evaluation import EvaluationError
from itdo_platform_gen.syntax.expression import compile_expression
from itdo_platform_gen.syntax.hole import Hole, UnclosedHoleError, split_holes
from readers import same
from templates import rendered, value_of

_PIECES = [
    "${{",
    "}}",
    "{{",
    "{%",
    "'",
    '"',
    "\\",
    "#",
    ": ",
    "a",
    " ",
    "\n",
    "$",
    "é",
    "🚀",
    "\t",
    "{",
    "}",
    "no",
    "1",
]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=10).map("".join) | st.text(max_size=12)
_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(_DATA)
def test_a_value_comes_back_as_it_is(value: object) -> None:
    """A whole hole gives the value, wherever it stands."""
    template = (
        "a: ${{ values.x }}\nb: ['${{ values.x }}']\n${{ if true }}:\n  c: \"${{ values['x'] }}\"\n"
        "d:\n  - ${{ for y in [values.x] }}:\n      e: ${{ y }}\n"
    )
    result = rendered(template, {"x": value})
    assert same(result.documents[0], {"a": value, "b": [value], "c": value, "d": [{"e": value}]})
    assert result.text == emit(result.documents[0])


@settings(deadline=None)
@given(_TEXTS, _TEXTS)
def test_text_comes_back_inside_text(text: str, other: str) -> None:
    """Text in text, in a key and in a block is neither changed nor read again."""
    template = "a: <${{ values.x }}>${{ values.y }}\n'k${{ values.x }}': 1\nb: |\n  <${{ values.x }}>\n"
    (data,) = rendered(template, {"x": text, "y": other}).documents
    assert data == {"a": f"<{text}>{other}", f"k{text}": 1, "b": f"<{text}>\n"}


_WORDS = """
values values.x values.y .x ['x'] [0] | or and not in is if else elif for x y loop.index true none 1 1.5 1e9 'a' "b" ( )
[ ] { } : , ~ + - * // % ** == != < >= upper join default defined range(3) map sort(attribute='x') selectattr('x')
first length dictsort to_json slug(12) batch(2) 'map' replace('a','b') .split('a') string int float odd divisibleby(2)
"""
_EXPRESSIONS = st.lists(st.sampled_from(_WORDS.split()), max_size=8).map(" ".join) | st.text(max_size=10)
_HOLES = st.builds("${{{{ {} }}}}".format, _EXPRESSIONS)
_SCALARS = st.one_of(
    _HOLES,
    st.builds('"{}"'.format, _HOLES),
    st.builds("'a {}'".format, _HOLES),
    st.sampled_from(
        ["a", "1", "~", "|\n      x ${{ values.x }}", "*b", "&b c", "!!str 1", "[a, 'b']", "{a: 1}", "", "# c", "*c"]
    ),
    _TEXTS,
)
_CONTROL = st.sampled_from(
    [
        "if values.x",
        "elif values.y",
        "else",
        "for x in values.y",
        "for k, v in values.y",
        "for k, v in values.x | dictsort",
        "if",
        "for",
        "else x",
    ]
)
_KEYS = st.builds("${{{{ {} }}}}".format, _CONTROL) | _SCALARS | st.sampled_from(["a", "b", "<<", "? a", "- a", "1"])
_LINES = st.builds(
    "{}{}{}: {}".format, st.sampled_from(["", "  ", "    ", "\t"]), st.sampled_from(["", "- ", "- - "]), _KEYS, _SCALARS
)
_TEMPLATES = st.lists(_LINES | _SCALARS | st.sampled_from(["---", "...", "# c", "\r", "%YAML 1.1"]), max_size=6).map(
    "\n".join
)


@settings(deadline=None, max_examples=600)
@given(_TEMPLATES | st.text(), _DATA, _DATA)
@example("${{ values.x | map('first') }}", [[]], 0)
@example("a: ${{ values.x | batch(1000000000, 0) }}", [1], 0)
@example("a: ${{ '%999999999d' is even }}", 0, 0)
@example("a: ${{ range(99999999999999999999) }}", 0, 0)
@example("a: ${{ " + "9" * 5000 + " }}", 0, 0)
@example("a: 0x" + "f" * 5000, 0, 0)
@example("? ${{ values.x }}\n: 1", 0, 0)
@example("${{ for x in values.x }}: ${{ x }}", [{"a": 1}, {"b": 2}], 0)
def test_whatever_is_written_only_diagnostics_are_raised(template: str, one: object, other: object) -> None:
    """A template is rendered, or refused with diagnostics that have a place; and rendered again it is the same."""
    try:
        result = rendered(template, {"x": one, "y": other})
    except DiagnosticsError as error:
        for diagnostic in error.diagnostics:
            assert diagnostic.line is not None
            assert diagnostic.column is not None
            assert str(diagnostic).startswith("t:")
    else:
        assert rendered(template, {"x": one, "y": other}).text == result.text


@settings(deadline=None, max_examples=600)
@given(_EXPRESSIONS, _DATA, _DATA)
def test_whatever_is_written_as_an_expression_has_data_or_an_error(source: str, one: object, other: object) -> None:
    """An expression gives plain data, or an EvaluationError."""
    with contextlib.suppress(EvaluationError):
        emit(value_of(compile_expression(source), x=one, y=other))


@given(st.lists(st.sampled_from([*_PIECES, "${{ a }}", "${{ '}}' }}"]), max_size=12).map("".join))
def test_holes_and_text_make_up_the_whole(text: str) -> None:
    """Nothing of a text is lost between its holes."""
    with contextlib.suppress(UnclosedHoleError):
        parts = split_holes(text)
        assert "".join(text[part.start : part.end] if isinstance(part, Hole) else part for part in parts) == text
        assert not any("${{" in part for part in parts if isinstance(part, str))
