"""Variables in texts, as the loader of Backstage reads them."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.appconfig.substitution import filled, is_open, substitutions, unescaped, without


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a", []),
        ("${A}", [("${A}", "A", None)]),
        ("x${ A }y", [("${ A }", "A", None)]),
        ("${A}:${B:-5 }", [("${A}", "A", None), ("${B:-5 }", "B", "5")]),
        ("${A:-}", [("${A:-}", "A", "")]),
        ("$${A}", []),
        ("${A:-${B}}", [("${B}", "B", None)]),
        ("${A:b}", [("${A:b}", "A:b", None)]),
        ("${}", [("${}", "", None)]),
        ("${A", []),
    ],
)
def test_substitutions(text: str, found: list[tuple[str, str, str | None]]) -> None:
    assert substitutions(text) == found
    assert is_open(text) is bool(found)


def test_texts_around_variables() -> None:
    assert unescaped("a $${B} c") == "a ${B} c"
    assert without("a${B}c$${D}") == "ac"
    assert filled("redis://${A}:${B}") == "redis://1:1"
    assert not is_open(5)
