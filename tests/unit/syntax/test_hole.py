"""The finding of holes in text."""

from __future__ import annotations

import pytest

from itdo_platform_gen.syntax.hole import Hole, UnclosedHoleError, split_holes


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("a", ["a"]),
        ("${ {a}} {{ b }} $${", ["${ {a}} {{ b }} $${"]),
        ("${{ a }}", ["«a»"]),
        ("${{a}}", ["«a»"]),
        ("x${{ a }}y${{ b }}", ["x", "«a»", "y", "«b»"]),
        ("${{ a }}${{ b }}", ["«a»", "«b»"]),
        ("$${{ a }}}", ["$", "«a»", "}"]),
        ("${{ '}}' }}", ["«'}}'»"]),
        ("${{ \"}}\" ~ '${{' }}", ["«\"}}\" ~ '${{'»"]),
        (r"${{ '\'}}' }}", [r"«'\'}}'»"]),
        ("${{ {'a': {'b': 1}}}}", ["«{'a': {'b': 1}}»"]),
        ("${{ {'a': {}} }} }}", ["«{'a': {}}»", " }}"]),
        ("${{ {} }}", ["«{}»"]),
        ("${{ it's }} x", ["«it's»", " x"]),
        ("${{ a } }}", ["«a }»"]),
        ("${{\n  a\n}}", ["«a»"]),
        ("${{ }}", ["«»"]),
    ],
)
def test_text_is_split_into_holes_and_what_is_between(text: str, parts: list[str]) -> None:
    """Quotes and braces inside a hole do not end it."""
    found = split_holes(text)
    assert [f"«{part.source}»" if isinstance(part, Hole) else part for part in found] == parts
    assert "".join(text[part.start : part.end] if isinstance(part, Hole) else part for part in found) == text


@pytest.mark.parametrize(
    ("text", "start"), [("${{", 0), ("a ${{ b", 2), ("${{ a }} ${{ '}}'", 9), ("${{ {'a': 1 }}", 0), ("${{ a }", 0)]
)
def test_an_unclosed_hole_is_found_where_it_opens(text: str, start: int) -> None:
    """The error has the offset of the opener."""
    with pytest.raises(UnclosedHoleError) as caught:
        split_holes(text)
    assert caught.value.start == start


def test_many_holes_take_no_long_time() -> None:
    """The time grows with the length, not with its square."""
    assert len(split_holes("${{ a }} " * 50_000)) == 100_000
    with pytest.raises(UnclosedHoleError):
        split_holes("${{ '" * 20_000)
