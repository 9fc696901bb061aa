"""Form: JSON Schema as Backstage's forms use it, resolved for the data given.

`dependencies`, `allOf`, `oneOf`, `anyOf` and `if` choose properties by the data, as react-jsonschema-form does.
Resolving makes the one plain schema that is in force, so that defaults can be filled in and unknown keys be told from
known ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from itdo_platform_gen.schema.validator import Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.syntax.node import Path

Schema: TypeAlias = dict[str, Any]


@dataclass(slots=True)
class Resolved:
    """What resolving found: the data with defaults, the schema in force, and the pointer of each default used."""

    data: Any
    schema: Schema
    defaults: dict[Path, Path] = field(default_factory=dict)
    unknown: list[tuple[Path, list[str]]] = field(default_factory=list)
    """Keys that no property is for, with the names there are."""
    missing: list[Path] = field(default_factory=list)
    """Keys that are required and not there."""


def resolve(schema: Schema, data: object) -> Resolved:
    """Fill in defaults and find the schema in force for the data."""
    resolved = Resolved(None, {})
    resolved.data, resolved.schema = _value(schema, (), data, (), resolved)
    return resolved


def _value(schema: Schema, pointer: Path, data: object, path: Path, found: Resolved) -> tuple[object, Schema]:
    if isinstance(data, dict) and _is_object(schema):
        return _Object(found, path).resolve(schema, pointer, data)
    if isinstance(data, list) and data and isinstance(schema.get("items"), dict):
        items: list[object] = []
        schemas: list[Schema] = []
        for index, item in enumerate(data):
            value, inner = _value(schema["items"], (*pointer, "items"), item, (*path, index), found)
            items.append(value)
            schemas.append(inner)
        return items, {**schema, "items": schemas}
    return data, schema


def _is_object(schema: Schema) -> bool:
    return schema.get("type") == "object" or any(
        key in schema for key in ("properties", "allOf", "oneOf", "anyOf", "if")
    )


@dataclass(slots=True)
class _Object:
    """The resolving of one object."""

    found: Resolved
    path: Path
    properties: dict[str, tuple[Schema, Path]] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)
    extra: tuple[Schema | bool, Path] | None = None
    rest: dict[str, Any] = field(default_factory=dict)
    patterns: dict[str, tuple[Schema, Path]] = field(default_factory=dict)

    def resolve(self, schema: Schema, pointer: Path, data: dict[str, Any]) -> tuple[object, Schema]:
        data = dict(data)
        self._add(schema, pointer, data)
        known = self.properties
        open_ended = self.extra is None and not known and not self.patterns
        result: dict[str, Any] = {}
        schemas: dict[str, Schema] = {}
        for name in data:
            by_pattern = self._by_pattern(name)
            if name in known:
                inner = known[name]
            elif by_pattern is not None:
                inner = by_pattern
            elif self.extra is not None and isinstance(self.extra[0], dict):
                inner = (self.extra[0], self.extra[1])
            else:
                if not open_ended and (self.extra is None or self.extra[0] is False):
                    self.found.unknown.append(((*self.path, name), list(known)))
                result[name] = data[name]
                continue
            result[name], schemas[name] = _value(*inner, data[name], (*self.path, name), self.found)
        ordered = {name: result[name] for name in [*known, *result] if name in result}
        missing = [name for name in dict.fromkeys(self.required) if name not in ordered]
        self.found.missing += [(*self.path, name) for name in missing]
        return ordered, {**self.rest, "type": "object", "properties": schemas}

    def _by_pattern(self, name: str) -> tuple[Schema, Path] | None:
        """Give the schema of the first pattern that a key matches."""
        for pattern, found in self.patterns.items():
            if _condition(_frozen({"pattern": pattern})).is_valid(name):
                return found
        return None

    def _add(self, schema: Schema, pointer: Path, data: dict[str, Any]) -> None:
        """Take a schema's properties, fill in their defaults, then take those of the schemas that the data choose."""
        own: dict[str, tuple[Schema, Path]] = {}
        for name, inner in schema.get("properties", {}).items():
            if name in self.properties:  # a branch narrows what stands already: both hold
                before, place = self.properties[name]
                own[name] = (
                    {**before, **inner},
                    place if "default" in before else (*pointer, "properties", name),
                )
            else:
                own[name] = (inner, (*pointer, "properties", name))
        self.properties |= own
        self.required += schema.get("required", [])
        if "additionalProperties" in schema:
            self.extra = (schema["additionalProperties"], (*pointer, "additionalProperties"))
        for pattern, inner in schema.get("patternProperties", {}).items():
            self.patterns[pattern] = (inner, (*pointer, "patternProperties", pattern))
        for key in ("minProperties", "maxProperties", "propertyNames", "patternProperties"):
            if key in schema:
                self.rest[key] = schema[key]
        for name, (inner, place) in own.items():
            if name not in data:
                self._default(name, inner, place, data)
        for branch, place in _chosen(schema, pointer, data, self.required):
            self._add(branch, place, data)

    def _default(self, name: str, schema: Schema, pointer: Path, data: dict[str, Any]) -> None:
        if "default" in schema:
            data[name] = schema["default"]
            self.found.defaults[*self.path, name] = (*pointer, "default")
        elif _is_object(schema) and "properties" in schema:
            inner = Resolved(None, {})
            value, _ = _value(schema, pointer, {}, (*self.path, name), inner)
            if value and not inner.missing:
                data[name] = {}


def _chosen(  # noqa: C901  one branch a keyword
    schema: Schema, pointer: Path, data: dict[str, Any], required: list[str]
) -> Iterator[tuple[Schema, Path]]:
    """Give the schemas inside one that hold for the data too."""
    for index, part in enumerate(schema.get("allOf", [])):
        yield part, (*pointer, "allOf", index)
    for name, part in schema.get("dependencies", {}).items():
        if name not in data:
            continue
        if isinstance(part, list):
            required += part
        elif isinstance(part, dict):
            yield part, (*pointer, "dependencies", name)
    for key in ("oneOf", "anyOf"):
        for index, branch in enumerate(schema.get(key, [])):
            if isinstance(branch, dict) and _answers(branch, data):
                yield branch, (*pointer, key, index)
                break
    if "if" in schema:
        holds = _condition(_frozen(schema["if"])).is_valid(data)
        key = "then" if holds else "else"
        if isinstance(schema.get(key), dict):
            yield schema[key], (*pointer, key)


def _answers(branch: Schema, data: dict[str, Any]) -> bool:
    """Tell whether a branch is the one for the data, by the properties of it that allow few values."""
    for name, inner in branch.get("properties", {}).items():
        if not isinstance(inner, dict) or name not in data:
            continue
        if "const" in inner and data[name] != inner["const"]:
            return False
        if "enum" in inner and data[name] not in inner["enum"]:
            return False
    return all(
        name in data or "default" in branch.get("properties", {}).get(name, {}) or _discriminated(branch)
        for name in branch.get("required", [])
    )


def _discriminated(branch: Schema) -> bool:
    return any(
        isinstance(inner, dict) and ("const" in inner or "enum" in inner)
        for inner in branch.get("properties", {}).values()
    )


def _frozen(schema: object) -> str:
    import json  # noqa: PLC0415  conditions are rare

    return json.dumps(schema)


@lru_cache(maxsize=256)
def _condition(schema: str) -> Validator:
    import json  # noqa: PLC0415

    return Validator(json.loads(schema))


def property_schemas(schema: Schema) -> dict[str, Schema]:
    """Give every property that an object may have under some data, for the names that templates may use."""
    found: dict[str, Schema] = {}
    parts: list[Any] = [schema]
    while parts:
        part = parts.pop(0)
        if not isinstance(part, dict):
            continue
        for name, inner in part.get("properties", {}).items():
            if isinstance(inner, dict):
                found[name] = {**inner, **found[name]} if name in found else inner
        for key in ("allOf", "oneOf", "anyOf"):
            parts += part.get(key, [])
        parts += part.get("dependencies", {}).values()
        parts += [part.get("then"), part.get("else")]
    return found
