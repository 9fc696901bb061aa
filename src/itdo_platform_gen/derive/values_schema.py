"""The JSON Schema of a blueprint's values, from which editors complete a file of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.portable_values import pages

if TYPE_CHECKING:
    from itdo_platform_gen.blueprint.blueprint import Blueprint
    from itdo_platform_gen.blueprint.form import Schema

_CONDITIONAL = frozenset({"allOf", "anyOf", "dependencies", "else", "if", "not", "oneOf", "then"})
_PAGE = frozenset({"description", "properties", "required", "title", "type"})


def values_schema(blueprint: Blueprint) -> str:
    """Give the text of a blueprint's values.schema.json: its pages as one, without what is for forms alone."""
    properties: Schema = {}
    required: list[str] = []
    rest: list[Schema] = []
    for _, page in pages(blueprint.parameters):
        properties |= {name: _plain(schema) for name, schema in page.get("properties", {}).items()}
        required += page.get("required", [])
        more = {key: _plain(value) for key, value in page.items() if key not in _PAGE and not key.startswith("ui:")}
        if more:
            rest.append(more)
    schema: Schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": blueprint.title,
        "description": blueprint.description,
        "type": "object",
        **({"required": required} if required else {}),
        "properties": properties,
        **({"allOf": rest} if rest else {"additionalProperties": False}),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _plain(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {
        key: {name: _plain(part) for name, part in value.items()} if key == "properties" else _plain(value)
        for key, value in schema.items()
        if not key.startswith("ui:") and key != "enumNames"
    }
    if "properties" in plain and not _CONDITIONAL & plain.keys():
        plain.setdefault("additionalProperties", False)
    return plain
