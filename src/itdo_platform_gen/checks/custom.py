"""Custom kinds: the documents whose CRD is known, place by place beside its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.cel import Time
from itdo_platform_gen.schema.custom import CustomDefinition
from itdo_platform_gen.schema.custom_reading import API_VERSION, KIND, read_crd
from itdo_platform_gen.schema.custom_structure import can_judge, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

    Schema = Mapping[str, Any]
    Place = tuple[Path, Schema, Any]

RULES = "x-kubernetes-validations"
_RESERVED = frozenset(
    {
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
        "namespace", "null", "package", "return", "true", "var", "void", "while",
    }
)  # fmt: skip
_ESCAPES = (("__", "__underscores__"), (".", "__dot__"), ("-", "__dash__"), ("/", "__slash__"))
_MOMENTS = ("date-time", "datetime")


def definitions_in(world: World) -> list[CustomDefinition]:
    """Give the CRDs that stand among the documents and can be read."""
    found = [read_crd(d.data) for d in world.documents if d.kind == KIND and d.api_version == API_VERSION]
    return [definition for definition in found if isinstance(definition, CustomDefinition)]


def custom_documents(world: World) -> Iterator[tuple[Document, Schema, Any]]:
    """Give each document of a custom kind that fits its schema, with the schema and the data with its defaults."""
    schemas = world.schemas
    if schemas is None:
        return
    for (api_version, kind), custom in schemas.custom.items():
        validator = schemas.find(api_version, kind)
        for document in world.of_kind(kind):
            if document.api_version == api_version and validator is not None and validator.is_valid(document.data):
                data = prepared(custom, document.data)
                yield document, custom.schema, {k: v for k, v in data.items() if k != "status" or not custom.status}


def places(schema: Schema, value: Any, path: Path = ()) -> Iterator[Place]:
    """Give every place in data that a schema speaks of, from the root down; what is null is no place."""
    if value is None:
        return
    yield path, schema, value
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        rest = schema.get("additionalProperties")
        for key, inner in value.items():
            part = properties.get(key, rest)
            if isinstance(part, dict) and not (path == () and key == "metadata"):
                yield from places(part, inner, (*path, key))
    elif isinstance(value, list) and isinstance(schema.get("items"), dict):
        for index, inner in enumerate(value):
            yield from places(schema["items"], inner, (*path, index))


def has_rules(schema: Schema) -> bool:
    """Tell whether anything in a schema has validation rules, or a pattern that we cannot read."""
    inner = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    here = bool(schema.get(RULES)) or not can_judge(schema)
    return here or any(has_rules(part) for part in inner if isinstance(part, dict))


def typed(schema: Schema, value: Any, path: Path) -> Any:
    """Give a value as CEL sees it: with the types of its schema and names that are CEL's."""
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        rest = schema.get("additionalProperties")
        if schema.get("x-kubernetes-embedded-resource") or path == ():
            names = {"type": "object", "properties": {"name": {}, "generateName": {}}}
            properties = {"apiVersion": {}, "kind": {}, **properties, "metadata": names}
        found = {_escaped(k): typed(part, value[k], (*path, k)) for k, part in properties.items() if k in value}
        if isinstance(rest, dict):
            return found | {k: typed(rest, v, (*path, k)) for k, v in value.items() if k not in properties}
        if not properties or rest is True:
            return found | {k: v for k, v in value.items() if k not in properties}
        return found
    if isinstance(value, list):
        items = schema.get("items")
        return [typed(items, item, (*path, i)) for i, item in enumerate(value)] if isinstance(items, dict) else value
    return _scalar(schema, value)


def _scalar(schema: Schema, value: Any) -> Any:  # noqa: PLR0911  one for each type
    kind, form = schema.get("type"), schema.get("format")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if kind == "number":
            return float(value)
        return int(value) if kind == "integer" else value
    if not isinstance(value, str) or form is None:
        return value
    if form in _MOMENTS:
        return Time("timestamp", value)
    if form == "date":
        return Time("timestamp", f"{value}T00:00:00Z")
    if form == "duration":
        return Time("duration", value)
    return value.encode() if form == "byte" else value


def _escaped(name: str) -> str:
    if name in _RESERVED:
        return f"__{name}__"
    for plain, escape in _ESCAPES:
        name = name.replace(plain, escape)
    return name
