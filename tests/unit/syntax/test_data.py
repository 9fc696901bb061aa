"""Nodes become data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import describe, leaves, show, to_data
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.syntax.scalar import resolve_as_kubernetes

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic


def _read(text: str, *, as_kubernetes: bool = False) -> tuple[object, list[str]]:
    problems: list[Diagnostic] = []
    (document,) = compose(Text("t", text))
    if as_kubernetes:
        data = to_data(document.node, problems, resolve=resolve_as_kubernetes, any_key=True)
    else:
        data = to_data(document.node, problems)
    return data, [str(problem).replace("\n  ", " ") for problem in problems]


def test_data_keeps_types_and_order() -> None:
    """Mappings, lists and scalars are Python's own."""
    data, problems = _read("z: [1, '1', 1.5, true, ~]\na: {b: {}, c: []}\n")
    assert data == {"z": [1, "1", 1.5, True, None], "a": {"b": {}, "c": []}}
    assert str(data).startswith("{'z'")
    assert problems == []


def test_what_cannot_be_data_is_told_all_at_once() -> None:
    """Duplicate keys, keys that are no strings, numbers that JSON lacks."""
    data, problems = _read("a: 1\na: 2\n1: b\nc: [.inf, {~: 1}]\n")
    assert data == {"a": 2, "1": "b", "c": [None, {"~": 1}]}
    assert problems == [
        't:2:1: error[YAML002] key "a" comes twice 2 | a: 2   | ^ first one at t:1:1',
        't:3:1: error[YAML007] a key must be a string, got 1 3 | 1: b   | ^ hint: quote it: "1"',
        "t:4:5: error[YAML009] .inf is no JSON number 4 | c: [.inf, {~: 1}]   |     ^^^^ hint: quote it for text",
        (
            "t:4:12: error[YAML007] a key must be a string, got null 4 | c: [.inf, {~: 1}]   |            ^"
            ' hint: quote it: "~"'
        ),
    ]


def test_kubernetes_takes_any_scalar_for_a_key() -> None:
    """A key is the JSON text of its value there, and two that come to the same are the same."""
    data, problems = _read("1: a\nyes: b\n~: c\n1.5: d\n'2': e\n", as_kubernetes=True)
    assert data == {"1": "a", "true": "b", "null": "c", "1.5": "d", "2": "e"}
    assert problems == []
    data, problems = _read("yes: a\ntrue: b\n", as_kubernetes=True)
    assert data == {"true": "b"}
    assert problems == ['t:2:1: error[YAML002] key "true" comes twice 2 | true: b   | ^^^^']


def test_a_key_that_is_no_json_number_is_a_problem_for_kubernetes_too() -> None:
    """It is said, not raised."""
    _, problems = _read(".inf: a\n", as_kubernetes=True)
    assert problems == ["t:1:1: error[YAML009] .inf is no JSON number 1 | .inf: a   | ^^^^ hint: quote it for text"]


@pytest.mark.parametrize(
    ("value", "shown", "described"),
    [
        (None, "null", "null"),
        (True, "true", "a boolean"),
        (1, "1", "an integer"),
        (1.5, "1.5", "a number"),
        ("é", '"é"', "a string"),
        ([1, {}], "[1, {}]", "a list"),
        ({"a": 1}, '{"a": 1}', "a mapping"),
        ("x" * 100, '"' + "x" * 58 + "…", "a string"),
        (object, "\"<class 'object'>\"", "a value"),
    ],
)
def test_values_in_messages(value: object, shown: str, described: str) -> None:
    """A value is shown as JSON, a type with its article."""
    assert show(value) == shown
    assert describe(value) == described


def test_leaves_walk_from_the_root_down() -> None:
    """Each part comes with its path."""
    assert list(leaves({"a": [1, {"b": 2}]})) == [
        ((), {"a": [1, {"b": 2}]}),
        (("a",), [1, {"b": 2}]),
        (("a", 0), 1),
        (("a", 1), {"b": 2}),
        (("a", 1, "b"), 2),
    ]
