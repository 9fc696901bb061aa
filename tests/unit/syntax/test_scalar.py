"""Which value an unquoted text has for whom, and which texts may stand unquoted."""

from __future__ import annotations

import pytest

from itdo_platform_gen.syntax.mark import Mark, Text
from itdo_platform_gen.syntax.node import Scalar
from itdo_platform_gen.syntax.scalar import (
    NotFiniteError,
    float_text,
    may_stand_literal,
    may_stand_plain,
    resolve,
    resolve_as_kubernetes,
)
from readers import read_1_2, same

_MARK = Mark(Text("t"), 0, 0, 0, 0)


def _scalar(text: str, *, plain: bool = True, tag: str | None = None) -> Scalar:
    return Scalar(_MARK, text, plain, tag)


@pytest.mark.parametrize(
    ("text", "value", "in_kubernetes"),
    [
        ("", None, None),
        ("~", None, None),
        ("NULL", None, None),
        ("nULL", "nULL", "nULL"),
        ("true", True, True),
        ("FALSE", False, False),
        ("tRUE", "tRUE", "tRUE"),
        ("yes", "yes", True),
        ("No", "No", False),
        ("ON", "ON", True),
        ("y", "y", True),
        ("N", "N", False),
        ("0", 0, 0),
        ("-12", -12, -12),
        ("+12", 12, 12),
        ("010", 10, 8),
        ("08", 8, 8),
        ("0o17", 15, 15),
        ("0x1F", 31, 31),
        ("-0x1F", "-0x1F", -31),
        ("0b11", "0b11", 3),
        ("1_000", "1_000", 1000),
        ("18446744073709551615", 18446744073709551615, 18446744073709551615),
        ("18446744073709551616", 18446744073709551616, 1.8446744073709552e19),
        ("-9223372036854775809", -9223372036854775809, -9.223372036854775808e18),
        ("1.5", 1.5, 1.5),
        (".5", 0.5, 0.5),
        ("5.", 5.0, 5.0),
        ("1e3", 1000.0, 1000.0),
        ("-1.5E-3", -0.0015, -0.0015),
        ("1_0.5", "1_0.5", 10.5),
        (".", ".", "."),
        ("-", "-", "-"),
        ("1.2.3", "1.2.3", "1.2.3"),
        ("12:30", "12:30", "12:30"),
        ("2024-01-01", "2024-01-01", "2024-01-01"),
        ("1e", "1e", "1e"),
        ("0x", "0x", "0x"),
        ("a", "a", "a"),
    ],
)
def test_an_unquoted_text_has_its_value_by_yaml_1_2_and_in_kubernetes(
    text: str, value: object, in_kubernetes: object
) -> None:
    """The core schema of YAML 1.2, and go-yaml 2."""
    assert same(resolve(_scalar(text)), value)
    assert same(resolve_as_kubernetes(_scalar(text)), in_kubernetes)
    assert same(resolve(_scalar(text, plain=False)), text)
    assert same(resolve_as_kubernetes(_scalar(text, plain=False)), text)


@pytest.mark.parametrize(
    "text", [".inf", "-.INF", "+.Inf", ".nan", ".NaN", "1e400", "-1e400", "9" * 5000, "0x" + "f" * 5000]
)
def test_a_number_that_json_lacks_is_refused(text: str) -> None:
    """Infinity, not-a-number, and integers that Python does not write."""
    with pytest.raises(NotFiniteError):
        resolve(_scalar(text))


@pytest.mark.parametrize("text", [".inf", ".NAN", "1e400", "9" * 400, "-" + "9" * 400])
def test_a_number_that_go_cannot_hold_is_refused(text: str) -> None:
    """An integer beyond all floats is as infinite as `.inf`."""
    with pytest.raises(NotFiniteError):
        resolve_as_kubernetes(_scalar(text))


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("str", "1", "1"),
        ("int", "1", 1),
        ("float", "1", 1.0),
        ("float", "1.5", 1.5),
        ("bool", "true", True),
        ("null", "", None),
    ],
)
def test_a_tag_says_the_type(tag: str, text: str, value: object) -> None:
    """Also of a text between quotes."""
    assert same(resolve(_scalar(text, plain=False, tag=tag)), value)
    assert same(resolve_as_kubernetes(_scalar(text, tag=tag)), value)


_PLAIN = """
a kube-system a:b 1.5Gi 100m /var é 日本 it's x=y None 10s 0g a,b a@b a*b
"""
_QUOTED = """
a: no Y null 1 1e3 1a 0x1 12:30 2024-01-01 2024-01-01g - -a ? *a &a !a | [ { % @ ` 'a' " 🚀 << = . ~ #
"""


@pytest.mark.parametrize("text", [*_PLAIN.split(), "a b", "a, b", "a - b", "a (b)"])
def test_what_nobody_misreads_may_stand_plain(text: str) -> None:
    """Words, quantities, images, paths."""
    assert may_stand_plain(text)


@pytest.mark.parametrize(
    "text", [*_QUOTED.split(), "", " ", "a ", " a", "a  b", "a: b", "a #b", "a\tb", "a\nb", "a\x85b", "a\u2028b"]
)
def test_what_somebody_may_misread_is_quoted(text: str) -> None:
    """Rather too often than once too seldom."""
    assert not may_stand_plain(text)


@pytest.mark.parametrize("text", ["a\nb", "a\nb\n", "a\n\n  b\n", "a\n\tb", "#\n", "---\n", "é\n🚀\n"])
def test_several_lines_may_stand_in_a_literal_block(text: str) -> None:
    """With one line break at the end, or none."""
    assert may_stand_literal(text)


@pytest.mark.parametrize("text", ["a", "", "\n", "a\nb\n\n", " a\nb", "\ta\nb", "a \nb", "a\nb ", "a\n \nb", "a\t\nb"])
def test_space_at_the_wrong_place_keeps_text_out_of_a_literal_block(text: str) -> None:
    """At its start, at the end of a line, or line breaks at its end."""
    assert not may_stand_literal(text)


@pytest.mark.parametrize("character", ["\r", "\x07", "\x7f", "\x85", "\u2028", "\ufeff", "\uffff", "\ud800"])
def test_characters_that_need_an_escape_keep_text_out_of_a_literal_block(character: str) -> None:
    """A block has no escapes."""
    assert not may_stand_literal(f"a\nb{character}c\n")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1.0"),
        (1e20, "1.0e+20"),
        (1.5e300, "1.5e+300"),
        (1e-7, "1.0e-07"),
        (5e-324, "5.0e-324"),
        (-0.0, "-0.0"),
        (0.1, "0.1"),
    ],
)
def test_a_float_is_written_with_a_point(value: float, text: str) -> None:
    """YAML 1.1 takes `1e+20` for text."""
    assert float_text(value) == text
    assert same(read_1_2(text), [value])
