"""The schema of a CRD becomes JSON Schema as strict as the server, and data becomes what the server looks at."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from itdo_platform_gen.schema.custom import CustomKind
from itdo_platform_gen.schema.custom_structure import OBJECT_META, can_judge, draft_7, prepared
from itdo_platform_gen.schema.validator import check_schema

_TEXT = {"type": "string"}
_META = {"$ref": f"#/definitions/{OBJECT_META}"}


def _kind(spec: dict[str, Any], **root: Any) -> CustomKind:
    return CustomKind("shop.example.com/v1", "Oven", {"type": "object", "properties": {"spec": spec}, **root})


def _spec(schema: dict[str, Any]) -> dict[str, Any]:
    """Give the JSON Schema of a place with such a schema."""
    found: dict[str, Any] = draft_7(_kind(schema))["properties"]["spec"]
    return found


def _prepared(schema: dict[str, Any], value: Any) -> Any:
    return prepared(_kind(schema), {"spec": value})["spec"]


def test_a_kind_has_its_names_and_metadata_and_no_other_keys() -> None:
    found = draft_7(_kind({"type": "string"}))
    assert found["required"] == ["apiVersion", "kind"]
    assert found["additionalProperties"] is False
    assert found["properties"] == {
        "apiVersion": {"enum": ["shop.example.com/v1"], "type": "string"},
        "kind": {"enum": ["Oven"], "type": "string"},
        "metadata": _META,
        "spec": {"type": ["string"]},
    }


def test_what_is_required_of_a_kind_stays_required() -> None:
    assert draft_7(_kind({}, required=["spec"]))["required"] == ["apiVersion", "kind", "spec"]


@pytest.mark.parametrize("required", ["spec", [None], 5], ids=repr)
def test_what_is_no_list_of_names_is_left_for_the_check_of_the_schema(required: object) -> None:
    found = draft_7(_kind({}, required=required))
    assert found["required"] == required
    assert check_schema({**found, "definitions": {OBJECT_META: {}}}) != []


def test_a_crd_may_bound_the_name() -> None:
    name = {"type": "object", "properties": {"name": {"type": "string", "maxLength": 5}}}
    kind = CustomKind("a/v1", "A", {"type": "object", "properties": {"metadata": name}})
    bound = {"properties": {"name": {"type": ["string"], "maxLength": 5}}}
    assert draft_7(kind)["properties"]["metadata"] == {"allOf": [_META, bound]}


def test_a_status_that_is_dropped_is_looked_at_for_keys_alone() -> None:
    status = {
        "type": "object",
        "required": ["a"],
        "properties": {"a": _TEXT, "list": {"type": "array", "items": {"type": "object", "properties": {"b": _TEXT}}}},
    }
    schema = {"type": "object", "properties": {"status": status}}
    found = draft_7(CustomKind("a/v1", "A", schema, status=True))["properties"]["status"]
    nothing = {"additionalProperties": False, "items": {"additionalProperties": False}}
    assert found["properties"]["a"] == nothing
    assert found["properties"]["list"]["items"]["properties"] == {"b": nothing}
    assert found["additionalProperties"] is False
    assert "required" not in found
    assert draft_7(CustomKind("a/v1", "A", schema))["properties"]["status"]["required"] == ["a"]


def test_a_status_may_keep_what_is_unknown() -> None:
    status = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    kind = CustomKind("a/v1", "A", {"type": "object", "properties": {"status": status}}, status=True)
    assert draft_7(kind)["properties"]["status"] == {}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"type": "object"}, {"type": ["object"], "additionalProperties": False}),
        ({"type": "object", "additionalProperties": True}, {"type": ["object"]}),
        ({"type": "object", "x-kubernetes-preserve-unknown-fields": True}, {"type": ["object"]}),
        ({"x-kubernetes-preserve-unknown-fields": True}, {}),
        (
            {"type": "object", "additionalProperties": {"type": "object"}},
            {"type": ["object"], "additionalProperties": {"type": ["object"], "additionalProperties": False}},
        ),
        (
            {"type": "array", "items": {"type": "object", "properties": {"a": _TEXT}}},
            {
                "type": ["array"],
                "items": {"type": ["object"], "properties": {"a": {"type": ["string"]}}, "additionalProperties": False},
            },
        ),
    ],
)
def test_keys_that_are_not_named_are_faults_unless_they_are_kept(given: Any, wanted: Any) -> None:
    assert _spec(given) == wanted


@pytest.mark.parametrize(
    ("given", "types"),
    [
        ({"type": "string"}, ["string"]),
        ({"type": "string", "nullable": True}, ["string", "null"]),
        ({"x-kubernetes-int-or-string": True}, ["integer", "string"]),
        ({"x-kubernetes-int-or-string": True, "nullable": True}, ["integer", "string", "null"]),
        ({"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}]}, ["integer", "string"]),
    ],
)
def test_types(given: dict[str, Any], types: list[str]) -> None:
    assert _spec(given)["type"] == types


def test_nothing_else_is_nullable() -> None:
    assert "type" not in _spec({"nullable": True})


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"maximum": 5, "minimum": 1}, {"maximum": 5, "minimum": 1}),
        ({"maximum": 5, "exclusiveMaximum": True}, {"exclusiveMaximum": 5}),
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"minimum": 1, "exclusiveMinimum": False}, {"minimum": 1}),
        ({"exclusiveMinimum": True}, {}),
        ({"format": "int32"}, {"allOf": [{"maximum": 2**31 - 1, "minimum": -(2**31)}]}),
        ({"format": "unheard-of"}, {}),
        ({"x-kubernetes-list-type": "set"}, {}),
        ({"default": 5}, {}),
    ],
)
def test_bounds(given: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert _spec(given) == wanted


def test_a_format_stands_beside_branches() -> None:
    found = _spec({"type": "integer", "format": "int32", "allOf": [{"minimum": 1}]})
    assert found["allOf"] == [{"minimum": 1}, {"maximum": 2**31 - 1, "minimum": -(2**31)}]


@pytest.mark.parametrize("key", ["allOf", "anyOf", "oneOf"])
def test_branches_bound_values_and_name_no_keys(key: str) -> None:
    branch = {"properties": {"a": {"maxLength": 1}}, "required": ["a"]}
    found = _spec({"type": "object", "properties": {"a": _TEXT, "b": _TEXT}, key: [branch]})
    assert found[key] == [branch]
    assert _spec({"not": {"items": {"enum": [1]}}})["not"] == {"items": {"enum": [1]}}


def test_an_embedded_resource_names_itself() -> None:
    found = _spec({"type": "object", "x-kubernetes-embedded-resource": True, "properties": {"spec": _TEXT}})
    assert found["required"] == ["apiVersion", "kind"]
    assert found["properties"].keys() == {"apiVersion", "kind", "metadata", "spec"}
    assert found["properties"]["metadata"]["allOf"][0] == _META
    assert found["additionalProperties"] is False


@pytest.mark.parametrize(
    ("pattern", "can"), [("^a$", True), (r"^\d+$", True), ("(?i)^a$", False), (r"^a\z", False), ("(", False)]
)
def test_a_pattern_that_only_go_reads_is_left_to_cel(pattern: str, can: bool) -> None:  # noqa: FBT001  as above
    schema = {"type": "string", "pattern": pattern}
    assert can_judge(schema) is can
    assert ("pattern" in _spec(schema)) is can
    assert can_judge({"type": "string"})


_DEFAULTED = {"type": "object", "properties": {"a": {"type": "string", "default": "x"}, "b": _TEXT}}
_NULLABLE = {"type": "object", "properties": {"a": {"type": "string", "default": "x", "nullable": True}}}


@pytest.mark.parametrize(
    ("schema", "given", "wanted"),
    [
        (_DEFAULTED, {}, {"a": "x"}),
        (_DEFAULTED, {"a": "y"}, {"a": "y"}),
        (_DEFAULTED, {"a": None, "b": None}, {"a": "x"}),
        (_NULLABLE, {}, {"a": "x"}),
        (_NULLABLE, {"a": None}, {"a": None}),
        ({"type": "array", "items": _DEFAULTED}, [{}, {"a": "y"}], [{"a": "x"}, {"a": "y"}]),
        ({"type": "object", "additionalProperties": _DEFAULTED}, {"k": {}}, {"k": {"a": "x"}}),
        ({"type": "object", "additionalProperties": _TEXT}, {"k": None, "l": "v"}, {"l": "v"}),
        ({"type": "object", "additionalProperties": {**_TEXT, "nullable": True}}, {"k": None}, {"k": None}),
        (
            {"type": "object", "properties": {"inner": {**_DEFAULTED, "default": {}}}},
            {},
            {"inner": {"a": "x"}},
        ),
        ({"type": "object", "properties": {"inner": _DEFAULTED}}, {}, {}),
        ({"type": "object", "x-kubernetes-preserve-unknown-fields": True}, {"k": None}, {"k": None}),
        (_DEFAULTED, "text", "text"),
        (_DEFAULTED, [None], [None]),
        ({"type": "array", "items": _DEFAULTED}, [None, 5], [None, 5]),
        ({"type": "array", "items": _DEFAULTED}, {"a": 1}, {"a": 1}),
    ],
)
def test_defaults_are_filled_in_and_nulls_that_say_nothing_dropped(schema: Any, given: Any, wanted: Any) -> None:
    assert _prepared(schema, given) == wanted


def test_data_is_left_as_it_was() -> None:
    data: dict[str, Any] = {"spec": {"list": [{}]}}
    schema = {"type": "object", "properties": {"list": {"type": "array", "items": _DEFAULTED}}}
    before = deepcopy(data)
    assert prepared(_kind(schema), data) == {"spec": {"list": [{"a": "x"}]}}
    assert data == before


def test_what_changes_nothing_is_given_back_itself() -> None:
    data = {"spec": {"a": "y"}}
    assert prepared(_kind(_DEFAULTED), data) is data


def test_a_default_is_filled_in_anew_each_time() -> None:
    schema = {"type": "object", "properties": {"list": {"type": "array", "items": _TEXT, "default": ["x"]}}}
    _prepared(schema, {})["list"].append("y")
    assert _prepared(schema, {}) == {"list": ["x"]}
