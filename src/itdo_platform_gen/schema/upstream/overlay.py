"""Overlay: what servers ask of single fields and OpenAPI leaves out, from `schemas/overlay.yaml`.

A form is a piece of schema with a code, and most often with words; it becomes a definition of its own. A definition
is named by its end (`core.v1.Container`), a field of it by its name and `[]` for its items, `{}` for its values and
`{key}` for its keys; `.` is the definition as a whole. What is asked of a field is the name of a form, bounds
(`1..65535`), a list of choices, or a mapping of keywords of JSON Schema, with `form` for forms to add.

Unless a field is required, an empty text is the same as none in Go, so text forms and choices of such a field take it;
`empty: false` says that this one does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.schema.upstream.structure import REFERENCE, Definitions, Schema, references
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_FORM = "form."
_PLAIN = "plain."
_EMPTY = "-or-empty"
_BOUNDS = re.compile(r"(-?\d*)\.\.(-?\d*)")
_FIELD = re.compile(r"([^\[\{]*)((?:\[\]|\{\}|\{key\})*)")
_CODES = {"bounds": "K8S013", "enum": "K8S012", "required": "K8S014", "union": "K8S015"}


@dataclass(frozen=True, slots=True)
class Overlay:
    """The forms by name, and by the end of a definition's name what is asked of its fields."""

    forms: Mapping[str, Schema]
    definitions: Mapping[str, Mapping[str, Any]]


def read_overlay(file: Path) -> Overlay:
    """Read the file; a fault in it is an error of ours."""
    problems: list[Any] = []
    (document,) = compose(Text(file.name, file.read_text("utf-8")))
    data: Any = to_data(document.node, problems)
    if problems:
        raise ValueError(str(problems[0]))
    return Overlay(data["forms"], data["definitions"])


def overlaid(definitions: Definitions, overlay: Overlay) -> Definitions:
    """Give the definitions with what the overlay asks of them, and its forms beside them."""
    forms = _forms(overlay)
    result = {**definitions, **forms}
    ends = {".".join(name.rsplit(".", 3)[1:]): name for name in definitions}
    for end, asked in overlay.definitions.items():
        name = ends.get(end)
        if name is not None:
            result[name] = _definition(definitions[name], asked, forms)
    for name in _plain_ones(result):
        result[_PLAIN + name] = _plainly(definitions[name], {ends[end] for end in overlay.definitions if end in ends})
    return result


def without_null(definitions: Definitions) -> Definitions:
    """Give the definitions with no null where one is required, or is an item that may not be empty."""
    return {name: _without_null(schema, definitions) for name, schema in definitions.items()}


def fields_of(schema: Schema, asked: Mapping[str, Any]) -> list[str]:
    """Give the fields that an overlay speaks of and the definition has."""
    return [field for field in asked if field == "." or _part(field)[0] in schema.get("properties", {})]


def _forms(overlay: Overlay) -> Definitions:
    forms: Definitions = {}
    for name, form in overlay.forms.items():
        schema = {("x-" + key if key in {"code", "says"} else key): value for key, value in form.items()}
        forms[_FORM + name] = dict(sorted(schema.items()))
        if "pattern" in schema:
            taken = {**schema, "pattern": f"^$|{schema['pattern']}"}
            forms[_FORM + name + _EMPTY] = dict(sorted(taken.items()))
    return forms


def _definition(schema: Schema, asked: Mapping[str, Any], forms: Definitions) -> Schema:
    schema = {**schema, "properties": {**schema["properties"]}} if "properties" in schema else {**schema}
    whole = asked.get(".", {})
    whole = {"form": whole} if isinstance(whole, str) else {**whole}
    added = [name for name in whole.pop("required", ()) if name in schema["properties"]]
    if added:
        for name in added:
            schema["properties"][name] = _not_null(schema["properties"][name])
        schema = _also(schema, {"required": added, "x-code": _CODES["required"]})
    needed = {*schema.get("required", ()), *added}
    for field in fields_of(schema, asked):
        if field != ".":
            name, steps = _part(field)
            place = schema["properties"][name]
            empty = name not in needed and not steps
            schema["properties"][name] = _within(place, steps, asked[field], forms, empty=empty)
    return _asked(schema, whole, forms, empty=False) if whole else dict(sorted(schema.items()))


def _without_null(schema: Schema, definitions: Definitions) -> Schema:
    properties = schema.get("properties")
    if properties is None:
        return schema
    needed = schema.get("required", ())
    told = {field: _items_without_null(place, definitions) for field, place in properties.items()}
    told.update({field: _not_null(told[field]) for field in needed if "$ref" in told.get(field, ())})
    return {**schema, "properties": told}


def _items_without_null(schema: Schema, definitions: Definitions) -> Schema:
    items = schema.get("items", {})
    name = items.get("$ref", "").removeprefix(REFERENCE)
    return {**schema, "items": _not_null(items)} if _needs_something(definitions.get(name, {})) else schema


def _needs_something(schema: Schema) -> bool:
    """Tell whether an empty mapping is refused, for which null stands in a list."""
    choice = schema.get("oneOf", ({},))[0] == {"type": "null"}
    return bool(schema.get("required")) or choice or any(map(_needs_something, schema.get("allOf", ())))


def _plain_ones(definitions: Definitions) -> list[str]:
    """Give the definitions that are referred to without what the overlay asks of them."""
    names: set[str] = set().union(*(references(schema) for schema in definitions.values()))
    return sorted(name.removeprefix(_PLAIN) for name in names if name.startswith(_PLAIN))


def _plainly(schema: Any, overlaid_names: set[str]) -> Any:
    if isinstance(schema, list):
        return [_plainly(item, overlaid_names) for item in schema]
    if not isinstance(schema, dict):
        return schema
    target = schema.get("$ref")
    if isinstance(target, str) and target.removeprefix(REFERENCE) in overlaid_names:
        return {}  # what it asks is not asked here
    return {key: _plainly(value, overlaid_names) for key, value in schema.items()}


def _part(field: str) -> tuple[str, list[str]]:
    match = _FIELD.fullmatch(field)
    if match is None:
        raise ValueError(field)
    return match[1], re.findall(r"\[\]|\{\}|\{key\}", match[2])


def _within(schema: Schema, steps: list[str], asked: Any, forms: Definitions, *, empty: bool) -> Schema:
    if not steps:
        return _asked(schema, asked, forms, empty=empty)
    keyword = {"[]": "items", "{}": "additionalProperties", "{key}": "propertyNames"}[steps[0]]
    inner = schema.get(keyword, {})
    if steps[0] == "[]" and "$ref" not in inner:
        inner = inner if _takes_empty(asked, forms) else _not_null(inner)
    inner = _within(inner, steps[1:], asked, forms, empty=empty)
    return dict(sorted({**schema, keyword: inner}.items()))


def _takes_empty(asked: Any, forms: Definitions) -> bool:
    """Tell whether an item may be empty, for which null stands too."""
    if not isinstance(asked, str):
        return False
    return ".." in asked or re.search(forms[_FORM + asked].get("pattern", "$."), "") is not None


def _asked(schema: Schema, asked: Any, forms: Definitions, *, empty: bool) -> Schema:
    if isinstance(asked, list):
        asked = {"enum": asked}
    elif isinstance(asked, str):
        asked = {"bounds": asked} if ".." in asked else {"form": asked}
    none = [None] if empty else []
    empty = asked.get("empty", empty)
    for keyword, value in asked.items():
        if keyword == "form":
            for name in value if isinstance(value, list) else [value]:
                schema = _also(schema, _reference(name, forms, empty=empty))
        elif keyword == "enum":
            schema = {**schema, "enum": [*value, *([""] if empty else []), *none], "x-code": _CODES["enum"]}
        elif keyword != "empty":
            schema = _KEYWORDS[keyword](schema, value)
    return dict(sorted(schema.items()))


def _reference(form: str, forms: Definitions, *, empty: bool) -> Schema:
    name = f"{_FORM}{form}{_EMPTY}" if empty and f"{_FORM}{form}{_EMPTY}" in forms else _FORM + form
    if name not in forms:
        raise ValueError(name)
    return {"$ref": REFERENCE + name}


def _also(schema: Schema, more: Schema) -> Schema:
    if "$ref" in schema:
        return {"allOf": [schema, more]}
    return {**schema, "allOf": [*schema.get("allOf", ()), more]}


def _bounded(schema: Schema, bounds: str) -> Schema:
    match = _BOUNDS.fullmatch(bounds)
    if match is None:
        raise ValueError(bounds)
    found = {key: int(text) for key, text in zip(("minimum", "maximum"), match.groups(), strict=True) if text}
    if "$ref" in schema:
        return _also(schema, {**found, "x-code": _CODES["bounds"]})
    return {**schema, **found, "x-code": _CODES["bounds"]}


def _not_null(schema: Schema) -> Schema:
    if "$ref" in schema:
        return _also(schema, {"not": {"type": "null"}, "x-code": _CODES["required"], "x-says": "a value"})
    if not isinstance(schema.get("type"), list):
        return schema
    types = [name for name in schema["type"] if name != "null"]
    return {**schema, "type": types[0] if len(types) == 1 else types}


def _union(schema: Schema, fields: list[str] | str, *, least: int) -> Schema:
    """Write that exactly one of some fields, or at most one, holds something: null is nothing."""
    known = schema.get("properties", {})
    names = [name for name in known if name not in fields[1:]] if fields[0] == "but" else [*fields]
    names = [name for name in names if name in known]
    given: list[Schema] = [
        {"properties": {name: {"not": {"type": "null"}}}, "required": [name], "type": "object"} for name in names
    ]
    listed = f"{', '.join(names[:6])}{', …' if len(names) > 6 else ''}"  # noqa: PLR2004  as many as read well
    if least:
        return {"oneOf": [{"type": "null"}, *given], "x-code": _CODES["union"], "x-says": f"exactly one of {listed}"}
    none = {"not": {"anyOf": given}}
    return {"oneOf": [none, *given], "x-code": _CODES["union"], "x-says": f"at most one of {listed}"}


_KEYWORDS: dict[str, Callable[[Schema, Any], Schema]] = {
    "at most one of": lambda schema, fields: _also(schema, _union(schema, fields, least=0)),
    "bounds": _bounded,
    "one of": lambda schema, fields: _also(schema, _union(schema, fields, least=1)),
    "plain": lambda schema, _: {"$ref": f"{REFERENCE}{_PLAIN}{schema['$ref'].removeprefix(REFERENCE)}"},
    "required": lambda schema, names: _also(schema, {"required": names, "x-code": _CODES["required"]}),
}
