"""Custom resources against the schema of their CRD, as the server sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from itdo_platform_gen.schema.custom import CustomDefinition, CustomKind
from itdo_platform_gen.schema.store import Schemas
from itdo_platform_gen.schema.violation import Violation

if TYPE_CHECKING:
    from itdo_platform_gen.schema.validator import Validator

_TEXT = {"type": "string"}
_SPEC = {
    "type": "object",
    "required": ["heat"],
    "properties": {
        "heat": {"type": "integer", "minimum": 50, "maximum": 300, "default": 180},
        "mode": {"type": "string", "enum": ["Fan", "Grill"]},
        "name": {"type": "string", "pattern": "^[a-z]+$", "maxLength": 5},
        "note": {"type": "string", "nullable": True},
        "port": {"x-kubernetes-int-or-string": True},
        "trays": {"type": "array", "maxItems": 2, "items": {"type": "object", "properties": {"level": _TEXT}}},
        "labels": {"type": "object", "additionalProperties": _TEXT},
        "extra": {"type": "object", "x-kubernetes-preserve-unknown-fields": True, "properties": {"a": _TEXT}},
        "template": {
            "type": "object",
            "x-kubernetes-embedded-resource": True,
            "x-kubernetes-preserve-unknown-fields": True,
        },
    },
}
_SCHEMA = {"type": "object", "properties": {"spec": _SPEC, "status": {"type": "object", "properties": {"hot": _TEXT}}}}
_V1 = CustomKind("shop.example.com/v1", "Oven", _SCHEMA, status=True)
_V2 = CustomKind("shop.example.com/v2", "Oven", {"type": "object", "properties": {"heat": {"type": "integer"}}})
SCHEMAS = Schemas("1.36", definitions=[CustomDefinition("ovens.shop.example.com", (_V1, _V2))])


def _validator(version: str) -> Validator:
    found = SCHEMAS.find(f"shop.example.com/{version}", "Oven")
    assert found is not None
    return found


def _oven(version: str = "v1", /, **fields: Any) -> dict[str, Any]:
    return {"apiVersion": f"shop.example.com/{version}", "kind": "Oven", "metadata": {"name": "oven"}, **fields}


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"heat": None},
        {"heat": 50, "mode": "Fan", "name": "abc", "note": None, "port": 80},
        {"port": "http", "mode": None},
        {"trays": [{"level": "1"}, {}]},
        {"labels": {"any": "text", "none": None}},
        {"extra": {"a": "x", "b": {"c": [1, None]}}},
        {"template": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {"any": 1}}},
    ],
)
def test_what_the_server_takes_is_valid(spec: dict[str, Any]) -> None:
    assert _validator("v1").explain(_oven(spec=spec)) == []
    assert _validator("v1").is_valid(_oven(spec=spec))


@pytest.mark.parametrize(
    ("spec", "path", "message"),
    [
        ({"heat": 49}, ("heat",), "expected at least 50, got 49"),
        ({"heat": "hot"}, ("heat",), 'expected an integer, got "hot"'),
        ({"mode": "fan"}, ("mode",), 'expected one of: Fan, Grill; got "fan"'),
        ({"name": "ABC"}, ("name",), "expected text matching ^[a-z]+$"),
        ({"name": "abcdef"}, ("name",), "expected at most 5 characters"),
        ({"note": 5}, ("note",), "got 5"),
        ({"port": 1.5}, ("port",), "got 1.5"),
        ({"trays": [{}, {}, {}]}, ("trays",), "expected at most 2 items"),
        ({"trays": [{"levle": "1"}]}, ("trays", 0, "levle"), 'unknown key "levle"'),
        ({"trays": [None]}, ("trays", 0), "got null"),
        ({"labels": {"a": 1}}, ("labels", "a"), "expected a string, got 1"),
        ({"extra": {"a": 1}}, ("extra", "a"), "expected a string, got 1"),
        ({"template": {"kind": "Pod"}}, ("template",), "apiVersion"),
        ({"template": {"apiVersion": "a/b/c", "kind": "Pod"}}, ("template", "apiVersion"), "a/b/c"),
        (
            {"template": {"apiVersion": "v1", "kind": "Pod", "metadata": {"nmae": "p"}}},
            ("template", "metadata", "nmae"),
            'unknown key "nmae"',
        ),
        ({"haet": 60}, ("haet",), 'unknown key "haet"'),
    ],
)
def test_what_the_server_refuses_is_explained_once(spec: Any, path: tuple[str | int, ...], message: str) -> None:
    document = _oven(spec=spec)
    assert not _validator("v1").is_valid(document)
    [violation] = _validator("v1").explain(document)
    assert violation.path == ("spec", *path)
    assert message in violation.message


def test_an_unknown_key_has_a_near_name() -> None:
    assert _validator("v1").explain(_oven(spec={"haet": 60})) == [
        Violation(
            ("spec", "haet"), 'unknown key "haet"', "did you mean heat?", at_key=True, keyword="additionalProperties"
        )
    ]


def test_a_status_is_looked_at_for_keys_alone() -> None:
    assert _validator("v1").is_valid(_oven(status={"hot": 5}))
    [violation] = _validator("v1").explain(_oven(status={"cold": "x"}))
    assert violation.path == ("status", "cold")


def test_each_version_has_a_schema_of_its_own() -> None:
    assert _validator("v2").is_valid(_oven("v2", heat=5))
    assert not _validator("v2").is_valid(_oven("v2", spec={}))
    assert not _validator("v1").is_valid(_oven(heat=5))
    assert not _validator("v1").is_valid(_oven("v2", spec={}))


@pytest.mark.parametrize("data", [None, [], "text", 5, {}, {"spec": None}, {"metadata": []}], ids=repr)
def test_data_of_any_shape_is_judged(data: object) -> None:
    assert not _validator("v1").is_valid(data)
    assert _validator("v1").explain(data) != []
