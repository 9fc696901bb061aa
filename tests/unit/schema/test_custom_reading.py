"""CRDs are read into what is kept of them, or it is told why they cannot be."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from itdo_platform_gen.schema.custom import CustomDefinition
from itdo_platform_gen.schema.custom_reading import Fault, kept, read_crd

ROOT = ("spec", "versions", 0, "schema", "openAPIV3Schema")


def _version(name: str, schema: object, **more: Any) -> dict[str, Any]:
    return {"name": name, "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}, **more}


def _crd(*versions: object, **spec: Any) -> dict[str, Any]:
    names = {"kind": "Oven", "plural": "ovens"}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "ovens.shop.example.com"},
        "spec": {"group": "shop.example.com", "names": names, "versions": list(versions), **spec},
    }


def _read(*versions: object) -> CustomDefinition:
    found = read_crd(_crd(*versions))
    assert isinstance(found, CustomDefinition), found
    return found


def _fault(data: object) -> Fault:
    found = read_crd(data)
    assert isinstance(found, Fault)
    return found


def test_a_crd_is_read() -> None:
    found = _read(_version("v1", {"type": "object"}))
    assert found.name == "ovens.shop.example.com"
    [kind] = found.kinds
    assert (kind.api_version, kind.kind, kind.schema, kind.status) == (
        "shop.example.com/v1",
        "Oven",
        {"type": "object"},
        False,
    )


def test_each_served_version_has_its_own_schema() -> None:
    heat = {"type": "object", "properties": {"heat": {"type": "integer"}}}
    unserved = _version("v1alpha1", {"type": "object"}, served=False)
    found = _read(unserved, _version("v1beta1", {"type": "object"}), _version("v1", heat, subresources={"status": {}}))
    assert [kind.api_version for kind in found.kinds] == ["shop.example.com/v1beta1", "shop.example.com/v1"]
    assert [kind.schema for kind in found.kinds] == [{"type": "object"}, heat]
    assert [kind.status for kind in found.kinds] == [False, True]


@pytest.mark.parametrize("schema", [None, "junk", 5], ids=repr)
def test_a_version_that_is_not_served_may_be_anything(schema: object) -> None:
    assert len(_read(_version("v1", {"type": "object"}), _version("v0", schema, served=False)).kinds) == 1


def test_structure_is_kept_and_what_people_read_is_not() -> None:
    structure: dict[str, Any] = {
        "type": "object",
        "required": ["a"],
        "nullable": True,
        "default": {"a": "x"},
        "properties": {"a": {"type": "string", "pattern": "^x", "enum": ["x"], "format": "date"}},
        "x-kubernetes-preserve-unknown-fields": True,
    }
    described = deepcopy(structure)
    described |= {"description": "d", "title": "t", "example": {"a": "x"}, "externalDocs": {"url": "u"}}
    described["properties"]["a"]["description"] = "d"
    assert kept(described) == structure


def test_a_field_may_have_the_name_of_what_is_left_out() -> None:
    fields = {"description": {"type": "string"}, "title": {"type": "string"}}
    assert kept({"type": "object", "properties": fields}) == {"type": "object", "properties": fields}


@pytest.mark.parametrize("key", ["items", "not", "additionalProperties"])
def test_what_stands_inside_is_kept_likewise(key: str) -> None:
    assert kept({key: {"type": "string", "description": "d"}}) == {key: {"type": "string"}}


@pytest.mark.parametrize("key", ["allOf", "anyOf", "oneOf"])
def test_branches_are_kept_likewise(key: str) -> None:
    assert kept({key: [{"minLength": 1, "description": "d"}, {}]}) == {key: [{"minLength": 1}, {}]}


@pytest.mark.parametrize("allowed", [True, False])
def test_whether_more_keys_are_allowed_is_kept(allowed: bool) -> None:  # noqa: FBT001  a parameter of the test
    assert kept({"additionalProperties": allowed}) == {"additionalProperties": allowed}


def test_of_rules_is_kept_what_the_server_acts_on() -> None:
    rule = {"rule": "self > 1", "message": "m", "fieldPath": ".a", "optionalOldSelf": True, "messageExpression": "'m'"}
    given = {"x-kubernetes-validations": [{**rule, "reason": "FieldValueInvalid"}, "junk", {"rule": "true"}]}
    assert kept(given) == {"x-kubernetes-validations": [rule, {"rule": "true"}]}


def test_lists_keep_what_makes_them_maps() -> None:
    lists = {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]}
    assert kept(lists) == lists


@pytest.mark.parametrize("junk", [None, "text", 5, True, [], [{}]], ids=repr)
def test_what_is_no_schema_keeps_nothing(junk: object) -> None:
    assert kept(junk) == {}
    assert kept({"properties": {"a": junk}}) == {"properties": {"a": {}}}
    assert kept({"x-kubernetes-validations": junk, "allOf": junk}).keys() <= {"x-kubernetes-validations", "allOf"}


def test_a_schema_without_an_end_is_cut_off() -> None:
    endless: dict[str, Any] = {"type": "object"}
    endless["properties"] = {"more": endless}
    depth, inner = 0, kept(endless)
    while inner:
        depth, inner = depth + 1, inner.get("properties", {}).get("more", {})
    assert 50 < depth < 200


@pytest.mark.parametrize(
    ("data", "code", "path"),
    [
        (None, "SCH001", ("kind",)),
        ([], "SCH001", ("kind",)),
        ({}, "SCH001", ("kind",)),
        ({"kind": "ConfigMap", "apiVersion": "v1"}, "SCH001", ("kind",)),
        ({"kind": "CustomResourceDefinition", "apiVersion": "v1"}, "SCH001", ("apiVersion",)),
        ({"kind": "CustomResourceDefinition"}, "SCH001", ("apiVersion",)),
        ({**_crd(), "apiVersion": "apiextensions.k8s.io/v1beta1"}, "SCH002", ("apiVersion",)),
        ({**_crd(), "spec": None}, "SCH004", ("spec",)),
        ({**_crd(), "spec": ["junk"]}, "SCH004", ("spec",)),
        (_crd(group=5), "SCH004", ("spec",)),
        (_crd(names={"kind": "Oven"}), "SCH004", ("spec",)),
        (_crd(names="ovens"), "SCH004", ("spec",)),
        (_crd(group="../elsewhere"), "SCH004", ("spec", "group")),
        (_crd(names={"kind": "Oven", "plural": "..\\ovens"}), "SCH004", ("spec", "group")),
        (_crd(), "SCH003", ("spec", "versions")),
        (_crd(versions=None), "SCH003", ("spec", "versions")),
        (_crd(versions={"v1": {}}), "SCH003", ("spec", "versions")),
        (_crd(None, "junk", 5), "SCH003", ("spec", "versions")),
        (_crd(_version("v1", {"type": "object"}, served="true")), "SCH003", ("spec", "versions")),
        (_crd(_version("v1", None)), "SCH003", ("spec", "versions", 0)),
        (_crd({"name": "v1", "served": True, "schema": None}), "SCH003", ("spec", "versions", 0)),
        (_crd({**_version("v1", {"type": "object"}), "name": 1}), "SCH004", ("spec", "versions", 0)),
        (_crd(_version("v1", {})), "SCH004", ROOT),
        (_crd(_version("v1", {"type": "array"})), "SCH004", ROOT),
        (_crd(_version("v1", {"type": "object", "required": "a"})), "SCH004", (*ROOT, "required")),
        (_crd(_version("v1", {"type": "object", "required": ["a", None]})), "SCH004", (*ROOT, "required", 1)),
        (_crd(_version("v1", {"type": "object", "minProperties": -1})), "SCH004", (*ROOT, "minProperties")),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(data: object, code: str, path: tuple[str | int, ...]) -> None:
    fault = _fault(data)
    assert (fault.code, fault.path) == (code, path)
    assert fault.message


def test_an_old_crd_is_told_how_to_convert() -> None:
    fault = _fault({**_crd(), "apiVersion": "apiextensions.k8s.io/v1beta1"})
    assert "kubectl get crd" in (fault.hint or "")


def test_one_version_that_cannot_be_read_is_one_too_many() -> None:
    fault = _fault(_crd(_version("v1", {"type": "object"}), _version("v2", None)))
    assert (fault.code, fault.path) == ("SCH003", ("spec", "versions", 1))
    assert fault.message == "version v2 has no schema"
