"""Compiled validators: reads a JSON Schema back out of the JavaScript that ajv made of it.

The packages `@kubernetes-models/*` ship no schemas, only what ajv compiled: a module a type, in it a function
a subschema, and in each function one error literal a keyword. That is regular enough to be read as text, so
nothing foreign is run. What is not understood raises, so that no new version of a package loses a rule unseen.
"""

from __future__ import annotations

import json
import re
from typing import Any

Schema = dict[str, Any]

_STRING = r'"(?:[^"\\]|\\.)*"'
_FUNCTION = re.compile(r"function validate(\d+)\(data.*?validate\1\.errors=(?:vErrors,0===errors|null,!0)\}", re.DOTALL)
_IMPORT = re.compile(r'import\{validate as validate(\d+)\}from"(?:[^"]*/)?([^"/]+?)(?:\.js)?"')
_MAIN = re.compile(r"export const validate=validate(\d+);")
_ERROR = re.compile(rf'keyword:"(\w+)",params:\{{((?:[^{{}}"]|{_STRING})*)\}}')
_CALL = re.compile(rf"(?<!function )validate(\d+)\(data(\.[\w$]+|\[{_STRING}\]|\[i\d+\]|\[key\d+\])?,\{{")
_LIMITS = frozenset(
    {"maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum"}
)


def read_module(text: str) -> Schema:
    """Give the schema of one compiled module; a `$ref` names the module that it imports for it."""
    main = _MAIN.search(text)
    if main is None:
        message = "no validator is exported"
        raise ValueError(message)
    return _Module(text).schema(main[1])


class _Module:
    def __init__(self, text: str) -> None:
        self._text = text
        self._functions = {found[1]: found[0] for found in _FUNCTION.finditer(text)}
        self._imports = {found[1]: found[2] for found in _IMPORT.finditer(text)}

    def schema(self, number: str) -> Schema:
        if number in self._imports:
            return {"$ref": self._imports[number]}
        body = self._functions[number]
        schema: Schema = {}
        for keyword, params in _ERROR.findall(body):
            self._assert(schema, keyword, params)
        if "null!==data" in body and "type" in schema:
            schema["type"] = [schema["type"], "null"]
        applied = "allOf"
        if schema.pop("anyOf", None) is not None:
            applied = "anyOf"
        for called, access in _CALL.findall(body):
            _apply(schema, access or applied, self.schema(called))
        return schema

    def _assert(self, schema: Schema, keyword: str, params: str) -> None:
        name, _, value = params.partition(":")
        if keyword in {"type", "pattern", "format"}:
            schema[keyword] = json.loads(value)
        elif keyword == "required":
            schema.setdefault("required", []).append(json.loads(value))
        elif keyword == "enum":
            schema["enum"] = self._constant(value)
        elif keyword in _LIMITS:
            schema[keyword] = json.loads(params.rpartition("limit:")[2])
        elif keyword == "anyOf":
            schema["anyOf"] = []
        else:
            message = f"a compiled keyword that is not known: {keyword} {name}"
            raise ValueError(message)

    def _constant(self, name: str) -> list[str]:
        found = re.search(rf"\b{re.escape(name)}=(\[(?:[^\]\"]|{_STRING})*\]);", self._text)
        if found is None:
            message = f"no constant {name}"
            raise ValueError(message)
        values: list[str] = json.loads(found[1])
        return values


def _apply(schema: Schema, access: str, child: Schema) -> None:
    """Put a subschema where the call that applies it stands: `data.name`, `data[i0]`, `data[key0]` or `data`."""
    if access in {"allOf", "anyOf"}:
        schema.setdefault(access, []).append(child)
    elif access.startswith("[i"):
        schema["items"] = child
    elif access.startswith("[key"):
        schema["additionalProperties"] = child
    else:
        name = access[1:] if access.startswith(".") else json.loads(access[1:-1])
        schema.setdefault("properties", {})[name] = child
