"""Kubernetes: the definitions of one minor, from the strict schemas of the PyPI package kubernetes-validate."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.schema.store import kubernetes_versions
from itdo_platform_gen.schema.upstream.corrections import FIELDS, OPTIONAL
from itdo_platform_gen.schema.upstream.overlay import overlaid, read_overlay, without_null
from itdo_platform_gen.schema.upstream.structure import (
    Definitions,
    Schema,
    nullable,
    reachable,
    structure,
    with_required,
)
from itdo_platform_gen.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

MINORS = kubernetes_versions()

_TYPES = "x-kubernetes-group-version-kind"
# These are objects of any shape; every other object without fields is a Go struct without fields.
_OPEN = ("FieldsV1", "Patch", "RawExtension")


def source_file(package: Path, minor: str) -> Path:
    """Give the file of the package that holds the strict definitions of a minor."""
    return package / "kubernetes-json-schema" / f"v{minor}.0-local-strict" / "_definitions.json"


def definitions_of(package: Path, minor: str) -> tuple[Definitions, dict[str, str]]:
    """Read one minor.

    Takes: the folder of the installed package `kubernetes_validate`.
    Gives: the definitions by name, and `apiVersion Kind` by the name of its definition.
    """
    text = source_file(package, minor).read_text(encoding="utf-8")
    upstream: dict[str, Any] = json.loads(text)["$defs"]
    kinds = {name: _kind(schema[_TYPES][0]) for name, schema in upstream.items() if _is_resource(schema)}
    corrected = {name: _corrected(name, structure(schema)) for name, schema in upstream.items()}
    definitions = overlaid(corrected, read_overlay(shipped("schemas") / "overlay.yaml"))
    used = reachable(definitions, set(kinds))
    _relax_statuses(definitions, kinds.keys())
    return without_null({name: definitions[name] for name in sorted(used)}), kinds


def _is_resource(schema: Schema) -> bool:
    # DeleteOptions and WatchEvent stand in every group: they are messages, nobody writes them down.
    return len(schema.get(_TYPES, ())) == 1


def _kind(named: dict[str, str]) -> str:
    group = f"{named['group']}/" if named["group"] else ""
    return f"{group}{named['version']} {named['kind']}"


def _corrected(name: str, schema: Schema) -> Schema:
    if set(schema) == {"type"} and "object" in schema["type"] and not name.endswith(_OPEN):
        return {"additionalProperties": False, **schema}
    if name.endswith("IntOrString"):
        return {"maximum": 2**31 - 1, "minimum": -(2**31), **schema}
    if name in FIELDS:
        schema = {**schema, "properties": {**schema["properties"], **FIELDS[name]}}
    optional = OPTIONAL.get(name, frozenset())
    if optional:
        places = schema["properties"]
        schema = {**schema, "properties": {f: nullable(s) if f in optional else s for f, s in places.items()}}
    return with_required(schema, set(schema.get("required", ())) - optional)


def _relax_statuses(definitions: Definitions, kinds: Any) -> None:
    """Let go of what is required within a status: a server takes its types as they are and drops the content."""
    specs = {
        name: {**schema, "properties": {k: v for k, v in schema["properties"].items() if k != "status"}}
        if name in kinds
        else schema
        for name, schema in definitions.items()
    }
    for name in definitions.keys() - reachable(specs, set(kinds)):
        definitions[name] = with_required(definitions[name], ())
