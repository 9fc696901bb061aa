"""The schema of a custom resource is structural: every field has a type, and what joins schemas adds none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.cel import Failed, NotEvaluatedError, evaluate
from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at, items, mapping, mappings
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

    Faults: TypeAlias = Iterator[tuple[Path, str]]

_TYPES = {"array", "boolean", "integer", "number", "object", "string"}
_UNSUPPORTED = ("$ref", "definitions", "dependencies", "id", "patternProperties", "$schema", "additionalItems")
_JOINS = ("allOf", "anyOf", "oneOf")
_OF_JOINED = ("type", "additionalProperties", "default", "nullable", "description", "title")
_ALLOWED = {"x-kubernetes-list-type": ("atomic", "map", "set"), "x-kubernetes-map-type": ("atomic", "granular")}
_KEPT = "x-kubernetes-preserve-unknown-fields"
_EITHER = "x-kubernetes-int-or-string"
_EMBEDDED = "x-kubernetes-embedded-resource"
_TYPED = {"x-kubernetes-list-type": "array", "x-kubernetes-map-type": "object", _EMBEDDED: "object"}
_KEYS = "x-kubernetes-list-map-keys"
_DEEPEST = 60


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    for index, version in mappings(document.data, "spec", "versions"):
        place = ("spec", "versions", index, "schema", "openAPIV3Schema")
        schema = at(version, "schema", "openAPIV3Schema")
        if isinstance(schema, dict):
            if schema.get("type") not in (None, "", "object"):
                message = f"expected object at the root, got {show(schema['type'])}"
                yield Finding(document, (*place, "type"), message)
                continue
            for path, message in _schema(schema, 0):
                yield Finding(document, (*place, *path), message)


def _schema(schema: dict[str, object], depth: int) -> Faults:
    if depth > _DEEPEST:
        return
    yield from _fields(schema)
    yield from _lists(schema)
    joins = [((key, index), joined) for key in _JOINS for index, joined in mappings(schema, key)]
    for place, joined in (*joins, (("not",), mapping(schema, "not"))):
        for path, message in _joined(joined, 0, either=schema.get(_EITHER) is True):
            yield (*place, *path), message
    for path, inner in _inner(schema):
        for deeper, message in _schema(inner, depth + 1):
            yield (*path, *deeper), message


def _inner(schema: dict[str, object]) -> Iterator[tuple[Path, dict[str, object]]]:
    for name, field in mapping(schema, "properties").items():
        if isinstance(field, dict | None):
            yield ("properties", name), field or {}
    for key in ("additionalProperties", "items"):
        inner = schema.get(key)
        if isinstance(inner, dict):
            yield (key,), inner


def _fields(schema: dict[str, object]) -> Faults:
    yield from _types(schema)
    for key in _UNSUPPORTED:
        if schema.get(key) is not None:
            yield (key,), f"expected no {key}, which custom resources do not support, got one"
    if schema.get("properties") and schema.get("additionalProperties") is not None:
        yield ("additionalProperties",), "expected either properties or additionalProperties, got both"
    if schema.get(_KEPT) is False:
        yield (_KEPT,), "expected true, or nothing, got false"
    if schema.get("uniqueItems") is True:
        yield ("uniqueItems",), "expected x-kubernetes-list-type: set instead, got uniqueItems"
    for key, allowed in _ALLOWED.items():
        if isinstance(schema.get(key), str) and schema[key] not in allowed:
            yield (key,), f"expected {', '.join(allowed)}, got {show(schema[key])}"


def _types(schema: dict[str, object]) -> Faults:
    kind, either = schema.get("type"), schema.get(_EITHER) is True
    if not kind and not either and schema.get(_KEPT) is not True:
        yield ("type",), "expected a type, got none"
    elif kind and not (isinstance(kind, str) and kind in _TYPES):
        yield ("type",), f"expected {', '.join(sorted(_TYPES))}, got {show(kind)}"


def _lists(schema: dict[str, object]) -> Faults:
    inner, list_type, keys = schema.get("items"), schema.get("x-kubernetes-list-type"), items(schema, _KEYS)
    if schema.get("type") == "array" and inner is None:
        yield ("items",), "expected the schema of the items, got none"
    elif not isinstance(inner, dict | None):
        yield ("items",), f"expected one schema for all items, got {show(inner)}"
    yield from _of_type(schema)
    if list_type == "map" and not keys:
        yield (_KEYS,), "expected the keys that tell items apart, got none"
    elif keys and list_type != "map":
        yield (_KEYS,), "expected it only with x-kubernetes-list-type: map"
    for key in keys if list_type == "map" and isinstance(inner, dict) else ():
        field = at(inner, "properties", key)
        if not isinstance(field, dict):
            yield (_KEYS,), f"expected names of the items' properties, got {show(key)}"
        elif field.get("default") is None and key not in items(inner, "required"):
            yield ("items", "properties", key), f"{key} tells items apart: it must be required or have a default"


def _of_type(schema: dict[str, object]) -> Faults:
    """Give the extensions that another type than that of the schema has."""
    kind = schema.get("type")
    for key, expected in _TYPED.items():
        if schema.get(key) and kind and kind != expected:
            yield (key,), f"expected it with type: {expected} only, got {show(kind)}"
    inner = schema.get("items")
    is_set = schema.get("x-kubernetes-list-type") == "set"
    if is_set and at(inner, "type") == "object" and at(inner, "x-kubernetes-map-type") != "atomic":
        yield ("items",), "expected x-kubernetes-map-type: atomic in a set, got none"
    if schema.get(_EMBEDDED) is True and schema.get(_KEPT) is not True and not schema.get("properties"):
        yield (), f"expected properties beside {_EMBEDDED}, or {_KEPT}: true, got neither"
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and (fault := _fault_of_pattern(pattern)):
        yield ("pattern",), f"expected a regular expression of RE2, got one with {fault}"


def _fault_of_pattern(pattern: str) -> str | None:
    """Give what Go cannot read in a pattern, None where it can or that cannot be told."""
    try:
        found = evaluate("'a'.matches(self)", pattern)
    except NotEvaluatedError:
        return None
    return found.reason if isinstance(found, Failed) else None


def _joined(schema: dict[str, object], depth: int, *, either: bool) -> Faults:
    """Give what a schema inside anyOf and the like says that only the schema around it may."""
    if depth > _DEEPEST:
        return
    for key in _OF_JOINED:
        if schema.get(key) not in (None, "") and not (either and key == "type" and set(schema) == {"type"}):
            yield (key,), f"expected no {key} inside allOf, anyOf, oneOf and not, got one"
    for path, inner in _inner(schema):
        if path != ("additionalProperties",):
            for deeper, message in _joined(inner, depth + 1, either=False):
                yield (*path, *deeper), message


_GOOD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: shops, singular: shop, kind: Shop}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object}}}}
"""

RULE = Rule(
    code="K8S125",
    title="structural schemas of custom resources",
    effect="refused",
    reason="A server drops unknown fields by the schema, so it must say the type of every field, in one place.",
    fix="give each field a type, each array its items, and leave types out of allOf, anyOf, oneOf and not",
    good=_GOOD,
    bad=_GOOD.replace("spec: {type: object}", "spec: {}"),
    document=_find,
    kinds=("CustomResourceDefinition",),
)
