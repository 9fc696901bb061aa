"""Wording: what is said of a value that breaks one keyword of JSON Schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from itdo_platform_gen.schema.violation import QUOTE
from itdo_platform_gen.syntax.near import nearest, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from itdo_platform_gen.schema.violation import Json


_LONGEST_SHOWN = 60
_MOST_LISTED = 12
_TYPES = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "a boolean",
    "array": "a list",
    "object": "a mapping",
    "null": "null",
}
_FORMATS = {
    "byte": "base64 text",
    "date": "a date such as 2026-01-31",
    "date-time": "a time such as 2026-01-31T09:00:00Z",
    "email": "an e-mail address",
    "hostname": "a host name",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
    "regex": "a regular expression",
    "time": "a time such as 09:00:00Z",
    "uri": "a URI such as https://example.com/",
}
_BOOLEANS = {
    "yes": True,
    "on": True,
    "y": True,
    "true": True,
    "no": False,
    "off": False,
    "n": False,
    "false": False,
}


def shown(value: object) -> str:
    """Give a value as JSON, shortened so that it fits into a message."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def said(keyword: str, wanted: Json, value: Json) -> str:
    """Give the message for a value that breaks a keyword, `wanted` being what the schema says under it."""
    return _MESSAGES.get(keyword, _other)(wanted, value)


def hinted(keyword: str, wanted: Json, value: Json, schema: Mapping[str, Json]) -> str | None:
    """Give the way out for a value that breaks a keyword, None where none is plain."""
    if keyword == "additionalProperties":
        return suggest(value, schema.get("properties", {}))
    if keyword == "enum" and isinstance(value, str):
        near = nearest(value, [choice for choice in wanted if choice and isinstance(choice, str)])
        return near and f"did you mean {near}?"
    if keyword in {"not", "pattern"}:
        described = wanted.get("description") if isinstance(wanted, dict) else None
        return described or schema.get("description")
    return _other_type(set(as_list(wanted)), value) if keyword == "type" else None


def as_list(value: Json) -> list[Json]:
    """Give a list of what may be written as one or as several."""
    return value if isinstance(value, list) else [value]


def either(choices: Iterable[str]) -> str:
    """Join choices the way a person says them."""
    *most, last = choices
    return f"{', '.join(most)} or {last}" if most else last


def _type(wanted: Json, value: Json) -> str:
    # Null is what a missing value looks like: it is named only where nothing else is taken.
    names = [said for name, said in _TYPES.items() if name in as_list(wanted) and name != "null"]
    return f"expected {either(names or ['null'])}, got {shown(value)}"


def _other_type(wanted: set[str], value: Json) -> str | None:
    numeric = bool(wanted & {"integer", "number"})
    if isinstance(value, str):
        if numeric and _reads_as_number(value, whole="number" not in wanted):
            return f"write {value} without quotes"
        if "boolean" in wanted and value.lower() in _BOOLEANS:
            truth = json.dumps(_BOOLEANS[value.lower()])
            return f"write {truth} without quotes" if value == truth else f"write {truth}"
    if "string" in wanted and isinstance(value, (bool, int, float)):
        return f'{QUOTE}"{json.dumps(value)}"'
    if "array" in wanted <= {"array", "null"} and value is not None and not isinstance(value, list):
        return "write a list, with - before each item"
    return None


def _reads_as_number(text: str, *, whole: bool) -> bool:
    try:
        number = json.loads(text)
    except ValueError:
        return False
    return isinstance(number, int if whole else (int, float)) and not isinstance(number, bool)


def _enum(wanted: list[Json], value: Json) -> str:
    # Nothing at all is often taken as well; a person is better told of the values that say something.
    telling = [choice for choice in wanted if choice is not None and choice != ""] or wanted
    choices = [choice if isinstance(choice, str) else json.dumps(choice) for choice in telling]
    listed = ", ".join(choices[:_MOST_LISTED]) + (", …" if len(choices) > _MOST_LISTED else "")
    if len(choices) == 1:
        return f"expected {listed}, got {shown(value)}"
    return f"expected one of: {listed}; got {shown(value)}"


def _counted(bound: str, noun: str) -> Callable[[Json, Json], str]:
    def message(wanted: Json, value: Json) -> str:
        return f"expected {bound} {wanted} {noun}{'' if wanted == 1 else 's'}, got {len(value)}"

    return message


def _compared(bound: str) -> Callable[[Json, Json], str]:
    return lambda wanted, value: f"expected {bound} {json.dumps(wanted)}, got {shown(value)}"


def _other(wanted: Json, value: Json) -> str:  # noqa: ARG001  one signature for all
    return f"not allowed here: {shown(value)}"


_MESSAGES: dict[str, Callable[[Json, Json], str]] = {
    "additionalItems": _counted("at most", "item"),
    "additionalProperties": lambda _, key: f"unknown key {shown(key)}",
    "const": _compared("exactly"),
    "contains": lambda _, value: f"no item is what one of them has to be, got {shown(value)}",
    "dependencies": lambda missing, _: f"missing key {either(map(shown, missing))}",
    "enum": _enum,
    "exclusiveMaximum": _compared("less than"),
    "exclusiveMinimum": _compared("more than"),
    "format": lambda name, value: f"expected {_FORMATS.get(name, f'text in the form {name}')}, got {shown(value)}",
    "maxItems": _counted("at most", "item"),
    "maxLength": _counted("at most", "character"),
    "maxProperties": _counted("at most", "key"),
    "maximum": _compared("at most"),
    "minItems": _counted("at least", "item"),
    "minLength": _counted("at least", "character"),
    "minProperties": _counted("at least", "key"),
    "minimum": _compared("at least"),
    "multipleOf": _compared("a multiple of"),
    "oneOf": lambda _, value: f"fits several forms where only one may fit: {shown(value)}",
    "pattern": lambda pattern, value: f"expected text matching {pattern}, got {shown(value)}",
    "required": lambda missing, _: f"missing key {either(map(shown, missing))}",
    "type": _type,
    "uniqueItems": lambda _, value: f"expected no item twice, got {shown(value)}",
}
