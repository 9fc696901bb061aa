"""OpenAPI in Go: reads the definitions that openapi-gen writes as Go literals, where no JSON is made of them.

Such a file is one function a type, each giving one composite literal. It is read as text: a literal becomes a mapping
of its fields, a list or a string, and what is not understood raises.
"""

from __future__ import annotations

import json
import re
from typing import Any

Schema = dict[str, Any]

_FUNCTION = re.compile(r"^func schema_\w+\(ref .*?\{\n\treturn (.*?)\n\}", re.DOTALL | re.MULTILINE)
_NAMED = re.compile(r'"([^"]+)":\s+schema_(\w+)\(ref\)')
_MADE = re.compile(r"^func schema_(\w+)\(", re.MULTILINE)
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|[{}(),:]|[\w.&*\[\]]+')


def read_openapi(text: str) -> dict[str, Schema]:
    """Give the schema of each type by its Go name: `k8s.io/api/core/v1.Pod`; a `$ref` is such a name."""
    bodies = dict(zip(_MADE.findall(text), _FUNCTION.findall(text), strict=True))
    return {name: _schema(_literal(bodies[made])["Schema"]) for name, made in _NAMED.findall(text)}


def _literal(text: str) -> Any:
    words = _WORD.findall(text.replace("interface{}", "any"))
    words.reverse()
    return _value(words)


def _value(ahead: list[str]) -> Any:
    word = ahead.pop()
    if word.startswith('"'):
        return json.loads(word)
    if word == "{":
        return _entries(ahead)
    if ahead and ahead[-1] == "(":
        ahead.pop()
        inner = _value(ahead)
        ahead.pop()
        return inner
    if not ahead or ahead[-1] != "{":
        return {"true": True, "false": False}.get(word, word)
    ahead.pop()
    return _entries(ahead)


def _entries(ahead: list[str]) -> Any:
    """Read what stands between braces: fields and keys give a mapping, values a list."""
    fields: dict[str, Any] = {}
    values: list[Any] = []
    while ahead[-1] != "}":
        if ahead[-1] == ",":
            ahead.pop()
            continue
        value = _value(ahead)
        if ahead[-1] == ":":
            ahead.pop()
            fields[value] = _value(ahead)
        else:
            values.append(value)
    ahead.pop()
    return values or fields


def _schema(literal: dict[str, Any]) -> Schema:
    parts = literal.get("SchemaProps", literal)
    found: Schema = {}
    for field, value in parts.items():
        if field == "Ref":
            found["$ref"] = value
        elif field == "Type":
            (found["type"],) = value
        elif field == "Items":
            found["items"] = _schema(value["Schema"])
        elif field == "AdditionalProperties":
            found["additionalProperties"] = _schema(value["Schema"])
        elif field == "Properties":
            found["properties"] = {name: _schema(inner) for name, inner in (value or {}).items()}
        elif field == "Format":
            found.update({"format": value} if value else {})
        elif field not in {"Default", "Description", "Required"}:
            message = f"a part of a schema in Go that is not known: {field}"
            raise ValueError(message)
    return found
