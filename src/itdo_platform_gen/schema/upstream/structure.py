"""Structure: what is kept of an upstream schema, and how it is made as strict as the server that reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Schema = dict[str, Any]
Definitions = dict[str, Schema]

REFERENCE = "#/definitions/"

_KEPT = frozenset(
    {
        "$ref", "additionalProperties", "allOf", "anyOf", "enum", "format", "items", "maxItems", "maxLength",
        "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum", "pattern", "properties",
        "required", "type",
    }
)  # fmt: skip
_PROSE = frozenset({"default", "description", "title"})
_CHECKED_FORMATS = frozenset({"byte", "date-time"})
_GO_FLAGS = re.compile(r"\(\?[a-zA-Z]")
_RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}


def structure(schema: Schema) -> Schema:
    """Give a schema without prose and extensions, closed, its keywords sorted, its integers bounded by format."""
    kept: Schema = {}
    for keyword in sorted(schema):
        value = schema[keyword]
        if keyword == "oneOf":
            # Null is in every branch of upstream's unions, so that exactly one of them never takes it.
            kept["anyOf"] = [structure(branch) for branch in value]
        elif keyword == "pattern" and _GO_FLAGS.search(value):
            continue  # which only Go reads: it is left to the server
        elif keyword in _KEPT:
            kept[keyword] = _kept(keyword, value)
        elif keyword not in _PROSE and not keyword.startswith("x-"):
            message = f"an upstream keyword that is not known: {keyword}"
            raise ValueError(message)
    if "enum" in kept and "null" in kept.get("type", ()) and None not in kept["enum"]:
        kept["enum"] = [*kept["enum"], None]
    return _closed(_bounded(_united(kept)))


def nullable(schema: Schema) -> Schema:
    """Give a schema that takes null too: servers drop a null where a field may be missing."""
    return {**schema, "type": [schema["type"], "null"]} if isinstance(schema.get("type"), str) else schema


def with_required(schema: Schema, required: Iterable[str]) -> Schema:
    """Give a schema that requires these fields and no others."""
    schema = {key: value for key, value in schema.items() if key != "required"}
    names = sorted(required)
    return dict(sorted({**schema, "required": names}.items())) if names else schema


def references(schema: object) -> set[str]:
    """Give the names of the definitions that a schema refers to."""
    found: set[str] = set()
    if isinstance(schema, dict):
        # A property may be called `$ref` too: then its value is a schema.
        if isinstance(schema.get("$ref"), str):
            found.add(schema["$ref"].removeprefix(REFERENCE))
        found.update(*(references(value) for value in schema.values()))
    elif isinstance(schema, list):
        found.update(*(references(value) for value in schema))
    return found


def reachable(definitions: Definitions, roots: set[str]) -> set[str]:
    """Give the names that the roots lead to, themselves among them, as far as they are defined here."""
    seen: set[str] = set()
    ahead = roots & definitions.keys()
    while ahead:
        seen |= ahead
        ahead = (set().union(*(references(definitions[name]) for name in ahead)) & definitions.keys()) - seen
    return seen


def _kept(keyword: str, value: Any) -> Any:
    if keyword == "properties":
        return {name: structure(value[name]) for name in sorted(value)}
    if keyword in {"allOf", "anyOf"}:
        return [structure(branch) for branch in value]
    if keyword == "required":
        return sorted(value)
    if keyword == "$ref":
        return REFERENCE + value.rpartition("/")[2]
    return structure(value) if isinstance(value, dict) else value


def _united(schema: Schema) -> Schema:
    """Write a union of plain types as a list of types: quicker to check and better to explain."""
    branches = schema.get("anyOf", ())
    if not branches or any(branch.keys() != {"type"} for branch in branches):
        return schema
    types: dict[str, None] = {}
    for branch in branches:
        types.update(dict.fromkeys([branch["type"]] if isinstance(branch["type"], str) else branch["type"]))
    return {**{key: value for key, value in schema.items() if key != "anyOf"}, "type": sorted(types)}


def _bounded(schema: Schema) -> Schema:
    name = schema.get("format")
    if not isinstance(name, str) or name in _CHECKED_FORMATS:
        return schema
    schema = {key: value for key, value in schema.items() if key != "format"}
    if name in _RANGES:
        least, most = _RANGES[name]
        schema = {"maximum": most, "minimum": least, **schema}
    return dict(sorted(schema.items()))


def _closed(schema: Schema) -> Schema:
    if "properties" not in schema or "additionalProperties" in schema:
        return schema
    return {"additionalProperties": False, **schema}
