"""The door to ruamel.yaml: errors of syntax with a place and a way out, and the house style."""

from __future__ import annotations

import pytest

from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.syntax.yaml import dump, events

_MAPPING = "mapping values are not allowed in this context"
_TOKEN = "found character that cannot start any token"  # noqa: S105  libyaml's word
_OPEN = "did not find expected ',' or ']' (while parsing a flow sequence that starts at line 1)"
_COLON = 'quote text that holds ": "'
_SIGN = "quote text that starts with this character"
_ESCAPE = "write it as an escape inside double quotes"
_FLOW = "quote text that holds a colon in a flow list or mapping"
_HOLE = 'quote a key or scalar that holds ": ", " #" or, in a flow list or mapping, any hole: "${{ … }}"'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b: c", ["t:1:5", _MAPPING, _COLON]),
        ("a:\n\tb: 1", ["t:2:1", _TOKEN, "indent with spaces, not tabs"]),
        ("a: @b", ["t:1:4", _TOKEN, _SIGN]),
        ("a: `b", ["t:1:4", _TOKEN, _SIGN]),
        ("a: [b, c:]", ["t:1:9", "found unexpected ':'", _FLOW]),
        ("a: {b: c:1}", ["t:1:9", "found unexpected ':'", _FLOW]),
        ("a: [${{ b }}]", ["t:1:6", "did not find expected ',' or ']'", _HOLE]),
        ("a: 'b", ["t:1:6", "found unexpected end of stream"]),
        ("a: 1\n b: 2", ["t:2:3", _MAPPING, _COLON]),
        ("a: [1\nb: 2", ["t:2:2", _OPEN]),
        ('a: "\\z"', ["t:1:5", "found unknown escape character"]),
        ("a: \x01", ["t:1:4", "character U+0001 is not allowed", _ESCAPE]),
        ("é: 1\n日: '\x00'", ["t:2:5", "character U+0000 is not allowed", _ESCAPE]),
        ("a: \ud800", ["t:1:4", "character U+D800 is not allowed", _ESCAPE]),
        ("a: \ufffe", ["t:1:4", "character U+FFFE is not allowed", _ESCAPE]),
    ],
)  # fmt: skip
def test_text_that_is_no_yaml_has_a_place_and_a_way_out(text: str, said: list[str]) -> None:
    """The words are libyaml's, the hint is ours."""
    with pytest.raises(DiagnosticsError) as caught:
        list(events(Text("t", text)))
    (found,) = caught.value.diagnostics
    told = [f"{found.file}:{found.line}:{found.column}", found.message.removeprefix("not valid YAML: ")]
    assert told + ([found.hint] if found.hint else []) == said
    assert found.code == "YAML001"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"b": 1, "a": [1, {"c": None, "d": True}]}, "b: 1\na:\n  - 1\n  - c: null\n    d: true\n"),
        ({"a": {}, "b": [], "c": [[], {}]}, "a: {}\nb: []\nc:\n  - []\n  - {}\n"),
        ([[1, [2]], {"a": 1}], "  -   - 1\n      -   - 2\n  - a: 1\n"),
        ({"a": "x\ny\n", "b": "x\ny", "c": "x\n\n"}, 'a: |\n  x\n  y\nb: |-\n  x\n  y\nc: "x\\n\\n"\n'),
        ({"a": "no", "b": "1", "c": "a: b", "d": ""}, 'a: "no"\nb: "1"\nc: "a: b"\nd: ""\n'),
        ({"no": 1, "a\nb": 2, "": 3}, '"no": 1\n"a\\nb": 2\n"": 3\n'),
        ({"a": "word " * 60 + "end"}, f"a: {'word ' * 60}end\n"),
        ({"k" * 300: 1}, f"{'k' * 300}: 1\n"),
        ({"a": 1e20, "b": 10**30}, f"a: 1.0e+20\nb: {10**30}\n"),
        ("text", "text\n"),
        ("no", '"no"\n'),
        ("a\nb\n", "|\n  a\n  b\n"),
        (None, "null\n"),
        ({}, "{}\n"),
        ([], "[]\n"),
    ],
)  # fmt: skip
def test_the_house_style(data: object, text: str) -> None:
    """Block style, the author's order, literal blocks, quotes where a reader needs them, one line a scalar."""
    assert dump(data) == text


def test_what_is_shared_is_written_out() -> None:
    """There are no anchors and aliases."""
    shared = {"a": [1]}
    assert dump([shared, shared]) == "  - a:\n      - 1\n  - a:\n      - 1\n"
