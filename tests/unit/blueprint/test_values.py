"""Values from several sources, and where each was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.blueprint.values import Given, Values, given, merged
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.mark import Mark, Text

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.node import Path


def _given(name: str, text: str) -> Given:
    problems: list[Diagnostic] = []
    (document,) = compose(Text(name, text))
    source = given(document.node, problems)
    assert problems == []
    return source


def _place(mark: Mark | None) -> str | None:
    return f"{mark.text.name}:{mark.line + 1}:{mark.column + 1}" if mark else None


_FLEET = _given("fleet", "a: 1\nm: {x: 1, y: {z: 1}}\nl: [{p: 1}, {p: 2}]\n")
_ALICE = _given("alice", "a: 2\nm: {y: {w: 2}}\nl: [{q: 3}]\n")


def test_mappings_merge_and_everything_else_is_replaced() -> None:
    """The later source wins; the sources stay as they are."""
    assert merged([_FLEET, _ALICE]) == {"a": 2, "m": {"x": 1, "y": {"z": 1, "w": 2}}, "l": [{"q": 3}]}
    assert merged([_ALICE, _FLEET])["l"] == [{"p": 1}, {"p": 2}]
    assert _FLEET.data["m"] == {"x": 1, "y": {"z": 1}}
    assert merged([]) == {}


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ({"a": {"b": 1}}, {"a": 2}, {"a": 2}),
        ({"a": 1}, {"a": {"b": 1}}, {"a": {"b": 1}}),
        ({"a": {"b": 1}}, {"a": None}, {"a": None}),
        ({"a": {"b": 1}}, {"a": {}}, {"a": {"b": 1}}),
        ({"a": [1, 2]}, {"a": []}, {"a": []}),
    ],
)
def test_what_is_no_mapping_on_both_sides_is_replaced(
    one: dict[str, object], other: dict[str, object], both: dict[str, object]
) -> None:
    """Null and empty lists too; an empty mapping adds nothing."""
    assert merged([Given(one), Given(other)]) == both


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("a",), "alice:1:4"),
        (("m", "x"), "fleet:2:8"),
        (("m", "y"), "alice:2:8"),
        (("m", "y", "z"), "fleet:2:18"),
        (("m", "y", "w"), "alice:2:12"),
        (("l",), "alice:3:4"),
        (("l", 0, "q"), "alice:3:9"),
        (("l", 0, "p"), "form:1:1"),
        (("l", 0, "p", "deeper"), "form:1:1"),
        (("l", 0, "other"), "alice:3:5"),
        (("d",), "form:1:4"),
        (("d", "below", 0), "form:1:4"),
        (("e",), "blueprint:2:3"),
        (("e", "below"), "blueprint:2:3"),
        (("nothing",), None),
    ],
)
def test_a_value_has_the_place_where_it_was_given_defaulted_or_derived(path: Path, place: str | None) -> None:
    """That of the source that decided, though an earlier one has something there as well."""
    form, blueprint = Text("form"), Text("blueprint")
    defaults: dict[Path, Mark] = {("l", 0, "p"): Mark(form, 0, 0, 0, 1), ("d",): Mark(form, 0, 3, 3, 4)}
    values = Values({}, (_FLEET, _ALICE), defaults, {"e": Mark(blueprint, 1, 2, 3, 4)})
    assert _place(values.mark_of(path)) == place


def test_a_key_has_a_place_of_its_own() -> None:
    """For what is wrong with it and not with its value."""
    values = Values({}, (_FLEET, _ALICE))
    assert _place(values.mark_of(("m", "y"), at_key=True)) == "alice:2:5"
    assert _place(values.mark_of(("m", "x"), at_key=True)) == "fleet:2:5"


def test_a_value_from_python_has_no_place() -> None:
    """Nor that of a source before it."""
    values = Values({}, (_FLEET, Given({"a": 3, "m": {"x": 2}, "l": [{"p": 9}]})))
    assert values.mark_of(("a",)) is None
    assert values.mark_of(("m", "x")) is None
    assert values.mark_of(("l", 0, "p")) is None
    assert _place(values.mark_of(("m", "y", "z"))) == "fleet:2:18"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "t:1:1 VAL004 values must be a mapping, got a list"),
        ("a", "t:1:1 VAL004 values must be a mapping, got a scalar"),
        ("a: 1\na: 2", 't:2:1 YAML002 key "a" comes twice'),
        ("1: a", "t:1:1 YAML007 a key must be a string, got 1"),
        ("a: .inf", "t:1:4 YAML009 .inf is no JSON number"),
    ],
)
def test_values_are_a_mapping_of_data(text: str, said: str) -> None:
    """Anything else is told."""
    problems: list[Diagnostic] = []
    given(compose(Text("t", text))[0].node, problems)
    assert [f"{d.file}:{d.line}:{d.column} {d.code} {d.message}" for d in problems] == [said]
