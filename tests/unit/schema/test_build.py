"""What `schemas/` is built from; tests/conformance/schemas builds it anew."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from ruamel.yaml import YAML

from itdo_platform_gen import shipped as shipped_module
from itdo_platform_gen.schema import build
from itdo_platform_gen.schema.upstream.ajv import read_module
from itdo_platform_gen.schema.upstream.go_openapi import read_openapi
from itdo_platform_gen.schema.upstream.structure import structure
from itdo_platform_gen.schema.upstream.table import spans, table
from itdo_platform_gen.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS = shipped("schemas")

_IN_GO = """\
func GetOpenAPIDefinitions(ref common.ReferenceCallback) map[string]common.OpenAPIDefinition {
	return map[string]common.OpenAPIDefinition{
		"example.com/a/v1.Thing": schema_a_v1_Thing(ref),
	}
}

func schema_a_v1_Thing(ref common.ReferenceCallback) common.OpenAPIDefinition {
	return common.OpenAPIDefinition{
		Schema: spec.Schema{
			SchemaProps: spec.SchemaProps{
				Description: "A \\"thing\\": {of, some}.",
				Type:        []string{"object"},
				Properties: map[string]spec.Schema{
					"names": {
						VendorExtensible: spec.VendorExtensible{
							Extensions: spec.Extensions{"x-kubernetes-list-type": "atomic"},
						},
						SchemaProps: spec.SchemaProps{
							Type: []string{"array"},
							Items: &spec.SchemaOrArray{
								Schema: &spec.Schema{
									SchemaProps: spec.SchemaProps{Default: "", Type: []string{"string"}},
								},
							},
						},
					},
					"count": {SchemaProps: spec.SchemaProps{Type: []string{"integer"}, Format: "int32"}},
					"labels": {
						SchemaProps: spec.SchemaProps{
							Type: []string{"object"},
							AdditionalProperties: &spec.SchemaOrBool{
								Allows: true,
								Schema: &spec.Schema{SchemaProps: spec.SchemaProps{Type: []string{"string"}}},
							},
						},
					},
					"other": {
						SchemaProps: spec.SchemaProps{
							Default: map[string]interface{}{},
							Ref:     ref("example.com/a/v1.Other"),
						},
					},
				},
				Required: []string{"names"},
			},
		},
		Dependencies: []string{"example.com/a/v1.Other"},
	}
}
"""


def _built() -> list[Path]:
    return [*SCHEMAS.glob("*.tsv"), SCHEMAS / "actions.json"]


def test_every_table_is_listed_with_its_digest() -> None:
    """SOURCES.yaml says of each file where it comes from."""
    listed = YAML(typ="safe").load(SCHEMAS / "SOURCES.yaml")["files"]
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in _built()}
    assert {entry["file"]: entry["sha256"] for entry in listed} == digests
    assert all(entry[part] for entry in listed for part in ("package", "version", "licence", "taken"))


def test_the_part_by_hand_is_built_anew_byte_for_byte() -> None:
    """What stands in Python is what is committed."""
    text, source = build.kustomize_part()
    assert text.encode() == (SCHEMAS / source.file).read_bytes()


def test_definitions_in_go_are_read_out_of_the_text() -> None:
    """Types, formats, lists, maps and references; what Go says of defaults and requirements is left."""
    assert read_openapi(_IN_GO) == {
        "example.com/a/v1.Thing": {
            "type": "object",
            "properties": {
                "names": {"type": "array", "items": {"type": "string"}},
                "count": {"type": "integer", "format": "int32"},
                "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                "other": {"$ref": "example.com/a/v1.Other"},
            },
        }
    }


def test_a_part_in_go_that_is_not_known_is_not_lost() -> None:
    with pytest.raises(ValueError, match="MaxLength"):
        read_openapi(_IN_GO.replace("Format: ", "MaxLength: "))


def test_no_table_holds_prose() -> None:
    """Structure only."""
    for path in _built():
        assert '"description":"' not in path.read_text("utf-8")


def test_versions_are_written_as_spans() -> None:
    """Equal definitions of several versions share a line."""
    versions = ("1.30", "1.31", "1.32", "1.33")
    assert spans(["1.30", "1.31", "1.33"], versions) == "1.30-1.31,1.33"
    old, new = {"a": {"type": "string"}}, {"a": {"type": "integer"}}
    written = table({"1.30": (old, {}), "1.31": (old, {"a": "v1 A"}), "1.32": (new, {"a": "v1 A"})})
    assert written.splitlines()[1:] == [
        'a\t1.30\t\t{"type":"string"}',
        'a\t1.31\tv1 A\t{"type":"string"}',
        'a\t1.32\tv1 A\t{"type":"integer"}',
    ]


def test_structure_is_closed_bounded_and_without_prose() -> None:
    """Upstream's schema becomes as strict as the server."""
    upstream = {
        "description": "Prose.",
        "type": ["object", "null"],
        "x-kubernetes-map-type": "atomic",
        "properties": {
            "description": {"description": "A field of that name.", "type": "string"},
            "port": {"oneOf": [{"type": ["string", "null"]}, {"type": ["integer", "null"]}]},
            "count": {"type": "integer", "format": "int32"},
            "ratio": {"type": "number", "format": "double"},
            "free": {"type": "object"},
            "go": {"type": "string", "pattern": "^(?i)a$"},
        },
    }
    assert structure(upstream) == {
        "additionalProperties": False,
        "type": ["object", "null"],
        "properties": {
            "description": {"type": "string"},
            "port": {"type": ["integer", "null", "string"]},
            "count": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
            "ratio": {"type": "number"},
            "free": {"type": "object"},
            "go": {"type": "string"},
        },
    }
    with pytest.raises(ValueError, match="newKeyword"):
        structure({"newKeyword": 1})


def test_a_compiled_validator_gives_its_schema_back() -> None:
    """Types, requirements, choices, lists and imports are read out of the JavaScript."""
    error = 'let e={{instancePath,schemaPath:"#/x",keyword:"{}",params:{{{}}}}};'
    function = (
        "function validate{0}(data,{{}}={{}}){{let vErrors=null;{1}return validate{0}.errors=vErrors,0===errors}}"
    )
    text = "".join(
        (
            'export const validate=validate0;let schema1_enum=["A","B"];',
            'import{validate as validate9}from"./Other.js";',
            function.format(1, 'if("string"!=typeof data&&null!==data)' + error.format("type", 'type:"string"')),
            function.format(2, error.format("enum", "allowedValues:schema1_enum")),
            function.format(3, error.format("type", 'type:"array"') + "validate1(data[i0],{});"),
            function.format(
                0,
                error.format("type", 'type:"object"')
                + error.format("required", 'missingProperty:"a-b"')
                + error.format("minProperties", "limit:1")
                + 'validate2(data["a-b"],{});validate3(data.c,{});validate9(data.d,{});',
            ),
        )
    )
    assert read_module(text) == {
        "type": "object",
        "required": ["a-b"],
        "minProperties": 1,
        "properties": {
            "a-b": {"enum": ["A", "B"]},
            "c": {"type": "array", "items": {"type": ["string", "null"]}},
            "d": {"$ref": "Other"},
        },
    }


def test_a_compiled_keyword_that_is_not_known_is_not_lost() -> None:
    """A new version of a package that says more must not be read as saying less."""
    function = 'function validate0(data,{}={}){keyword:"if",params:{a:"b"};validate0.errors=vErrors,0===errors}'
    text = f"export const validate=validate0;{function}"
    with pytest.raises(ValueError, match="if"):
        read_module(text)


def test_shipped_folders_are_looked_for_in_the_checkout_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a wheel they stand inside the package."""
    package = tmp_path / "src" / "itdo_platform_gen"
    monkeypatch.setattr(shipped_module, "_PACKAGE", package)
    assert shipped("schemas") == package / "_shipped" / "schemas"
    (tmp_path / "schemas").mkdir()
    (tmp_path / "pyproject.toml").touch()
    assert shipped("schemas") == tmp_path / "schemas"
