"""Structure of custom kinds: from the schema of a CRD to JSON Schema, as strict as a server with `Strict` fields."""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import TYPE_CHECKING

from itdo_platform_gen.schema.custom_format import FORMATS
from itdo_platform_gen.schema.validator import check_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from itdo_platform_gen.schema.custom import CustomKind
    from itdo_platform_gen.schema.violation import Json

    Schema = Mapping[str, Json]

OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
_SAME = (
    "maxItems", "maxLength", "maxProperties", "minItems", "minLength", "minProperties", "multipleOf", "pattern",
    "required",
)  # fmt: skip
_NAMES = ("apiVersion", "kind")
_EMBEDDED = {
    "apiVersion": {"type": "string", "pattern": "^([^/]*/)?[^/]+$"},
    "kind": {"type": "string", "pattern": "^[A-Za-z]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?$"},
}
_EMBEDDED_META = {"properties": {"name": {"pattern": "^(?![.]{1,2}$)[^/%]*$"}}}


def draft_7(kind: CustomKind) -> dict[str, Json]:
    """Give the JSON Schema of a kind, which refers to the definition of metadata."""
    found = _closed(kind.schema)
    properties = found.setdefault("properties", {})
    if kind.status and "status" in properties:
        properties["status"] = _keys_alone(kind.schema["properties"]["status"])
    properties["apiVersion"] = {"enum": [kind.api_version], "type": "string"}
    properties["kind"] = {"enum": [kind.kind], "type": "string"}
    meta: Json = {"$ref": f"#/definitions/{OBJECT_META}"}
    own = kind.schema.get("properties", {}).get("metadata", {}).get("properties")
    if own:  # of which a CRD may only bound the name
        meta = {"allOf": [meta, {"properties": {name: _closed(part) for name, part in own.items()}}]}
    properties["metadata"] = meta
    _require_names(found)
    return found


def _require_names(schema: dict[str, Json]) -> None:
    """Ask for apiVersion and kind too; what cannot be a list of names is left for the check of the schema to tell."""
    required = schema.get("required", [])
    if isinstance(required, list) and all(isinstance(name, str) for name in required):
        schema["required"] = sorted({*required, *_NAMES})


def prepared(kind: CustomKind, data: Json) -> Json:
    """Give the data as the server sees it when it validates: with defaults, and without nulls that say nothing."""
    return _defaulted(data, kind.schema)


def _defaulted(value: Json, schema: Schema) -> Json:  # noqa: C901  the server does it in one walk too
    """Fill in defaults; what changes nothing is given back itself."""
    if isinstance(value, dict):
        found = dict(value)
        properties = schema.get("properties", {})
        for name, part in properties.items():
            if value.get(name) is not None:
                found[name] = _defaulted(value[name], part)
            elif "default" in part and (name not in value or not part.get("nullable")):
                found[name] = _defaulted(copy.deepcopy(part["default"]), part)
            elif name in value and not part.get("nullable"):
                del found[name]
        rest = schema.get("additionalProperties")
        if isinstance(rest, dict):
            for name, part in value.items():
                if name not in properties and part is None and not rest.get("nullable"):
                    del found[name]
                elif name not in properties:
                    found[name] = _defaulted(part, rest)
        same = found.keys() == value.keys() and all(found[name] is part for name, part in value.items())
        return value if same else found
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        items = [_defaulted(item, schema["items"]) for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value


def can_judge(schema: Schema) -> bool:
    """Tell whether the pattern of a schema, if it has one, is none that only Go reads."""
    return "pattern" not in schema or _is_pattern(str(schema["pattern"]))


@lru_cache(maxsize=1024)
def _is_pattern(text: str) -> bool:
    return not check_schema({"pattern": text})


def _closed(schema: Schema) -> dict[str, Json]:
    """Give the JSON Schema of a place in data, where keys that it does not name are faults."""
    found = _bounds(schema)
    resource = schema.get("x-kubernetes-embedded-resource")
    properties = {name: _closed(part) for name, part in schema.get("properties", {}).items()}
    if resource:
        own = {name: {"allOf": [form, properties.get(name, {})]} for name, form in _EMBEDDED.items()}
        properties = properties | own
        properties["metadata"] = {"allOf": [{"$ref": f"#/definitions/{OBJECT_META}"}, _EMBEDDED_META]}
        _require_names(found)
    if properties:
        found["properties"] = properties
    rest = schema.get("additionalProperties")
    if isinstance(rest, dict):
        found["additionalProperties"] = _closed(rest)
    elif not rest and not schema.get("x-kubernetes-preserve-unknown-fields") and schema.get("type") == "object":
        found["additionalProperties"] = False
    if isinstance(schema.get("items"), dict):
        found["items"] = _closed(schema["items"])
    return found


def _keys_alone(schema: Schema) -> dict[str, Json]:
    """Give the JSON Schema of a status, which the server drops when it has looked for keys that are not known."""
    found: dict[str, Json] = {}
    properties: dict[str, Json] = {name: _keys_alone(part) for name, part in schema.get("properties", {}).items()}
    if schema.get("x-kubernetes-embedded-resource"):
        properties = dict.fromkeys((*_NAMES, "metadata"), True) | properties
    if properties:
        found["properties"] = properties
    open_ended = schema.get("x-kubernetes-preserve-unknown-fields")
    rest = schema.get("additionalProperties")
    if isinstance(rest, dict):
        found["additionalProperties"] = _keys_alone(rest)
    elif not rest and not open_ended:
        found["additionalProperties"] = False
    if isinstance(schema.get("items"), dict):
        found["items"] = _keys_alone(schema["items"])
    elif not open_ended:
        found["items"] = {"additionalProperties": False}
    return found


def _open(schema: Schema) -> dict[str, Json]:
    """Give the JSON Schema of what stands in `allOf` and the like, which bounds values and names no keys."""
    found = _bounds(schema)
    if "properties" in schema:
        found["properties"] = {name: _open(part) for name, part in schema["properties"].items()}
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            found[key] = _open(schema[key])
    return found


def _bounds(schema: Schema) -> dict[str, Json]:
    found = {key: copy.copy(schema[key]) for key in _SAME if key in schema} | _types(schema)
    if not can_judge(schema):
        del found["pattern"]
    for bound, exclusive in (("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum")):
        if bound in schema:
            found[exclusive if schema.get(exclusive) is True else bound] = schema[bound]
    for key in ("allOf", "anyOf", "oneOf"):
        if schema.get(key):
            found[key] = [_open(branch) for branch in schema[key]]
    if isinstance(schema.get("not"), dict):
        found["not"] = _open(schema["not"])
    form = FORMATS.get(str(schema.get("format")), {})
    return {**found, **form, "allOf": [*found["allOf"], *form["allOf"]]} if form.keys() & found else {**found, **form}


def _types(schema: Schema) -> dict[str, Json]:
    found: dict[str, Json] = {}
    if schema.get("x-kubernetes-int-or-string"):
        found["type"] = ["integer", "string"]
    elif "type" in schema:
        found["type"] = [schema["type"]]
    if schema.get("nullable") and "type" in found:
        found["type"] = [*found["type"], "null"]
    if "enum" in schema:
        found["enum"] = schema["enum"]
    return found
