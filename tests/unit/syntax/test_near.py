"""The nearest name, and the hint made of it."""

from __future__ import annotations

import pytest

from itdo_platform_gen.syntax.near import nearest, suggest


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("replica", ["replicas", "name"], "did you mean replicas?"),
        ("Replicas", ["replicas"], "did you mean replicas?"),
        ("class-name", ["class_name", "classes"], "did you mean class_name?"),
        ("zzz", ["b", "a"], "there is: a, b"),
        ("zzz", [], None),
        ("zzz", list("onmlkjihgfedcba"), "there is: a, b, c, d, e, f, g, h, i, j, k, l …"),
        ("", ["a"], "there is: a"),
    ],
)  # fmt: skip
def test_a_hint_names_what_was_meant_or_what_there_is(name: str, known: list[str], hint: str | None) -> None:
    """The nearest name, else a dozen of those there are, in order."""
    assert suggest(name, known) == hint
    assert suggest(name, reversed(known)) == hint


def test_nothing_is_near_what_is_far() -> None:
    """No name is better than a wrong one."""
    assert nearest("image", ["replicas"]) is None
    assert nearest("imgae", ["image", "images"]) == "image"
