"""Structure: the schema of an app-config, and data made ready for it as Backstage's own validator makes it.

Its loader has Ajv coerce types (https://ajv.js.org/coercion.html): a text that is a number is one where it has to be.
What is known only when a portal starts is taken for something that fits.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.appconfig.inclusion import inclusion_of
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.schema.definitions import read_definitions, schema_text
from itdo_platform_gen.schema.validator import Validator
from itdo_platform_gen.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from itdo_platform_gen.schema.violation import Violation
    from itdo_platform_gen.syntax.node import Path

Schema = dict[str, Any]

PLUGIN = "x-plugin"
"""The keyword that names the plugin a key belongs to, where not every portal has it."""

_FILE = "backstage-config.tsv"
_ROOT = "backstage.app-config"
_PLUGINS: frozenset[tuple[str, ...]] = frozenset(
    [
        (),
        ("catalog", "processors"),
        ("catalog", "providers"),
        ("events", "modules"),
        ("notifications", "processors"),
        ("search",),
        ("search", "collators"),
    ]
)
"""Where plugins that are not Backstage's own have keys."""
_NEAR = "did you mean"
_UNIONS = ("anyOf", "oneOf", "allOf")
_TEXTS = {"true": True, "false": False}


def violations(data: dict[str, Any]) -> list[Violation]:
    """Give what in the merged data of a portal breaks the strict schema."""
    opaque: list[Path] = []
    ready = _ready(data, [_schema()], (), opaque)
    if _validator().is_valid(ready):
        return []
    return [v for v in _validator().explain(ready) if not any(v.path[: len(path)] == path for path in opaque)]


def is_foreign(violation: Violation) -> bool:
    """Tell whether an unknown key stands where plugins of anybody have theirs, and is no slip of the pen."""
    near = (violation.hint or "").startswith(_NEAR)
    return violation.keyword == "additionalProperties" and violation.path[:-1] in _PLUGINS and not near


def declared(data: object) -> Iterator[tuple[Path, object, list[Schema]]]:
    """Give every part of data with the schemas that it may be of, those of a mapping before those of its keys."""
    ahead: list[tuple[Path, Any, list[Schema]]] = [((), data, _forms([_schema()]))]
    while ahead:
        path, value, forms = ahead.pop()
        yield path, value, forms
        if inclusion_of(value):
            continue
        parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        ahead += [((*path, key), part, _below(forms, key)) for key, part in parts]


@lru_cache
def _schema() -> Schema:
    schema: Schema = json.loads(schema_text(_ROOT, read_definitions(shipped("schemas") / _FILE, "1.0")))
    return schema


@lru_cache
def _validator() -> Validator:
    return Validator(_schema())


def _forms(schemas: Iterable[Schema]) -> list[Schema]:
    """Give the schemas behind references and choices."""
    found: list[Schema] = []
    ahead = list(schemas)
    while ahead:
        schema = ahead.pop(0)
        if "$ref" in schema:
            ahead.append(_schema()["definitions"][schema["$ref"].rpartition("/")[2]])
            continue
        found.append(schema)
        for union in _UNIONS:
            ahead += schema.get(union, ())
    return found


def _below(forms: Iterable[Schema], key: str | int) -> list[Schema]:
    found = []
    for form in forms:
        part = form.get("items") if isinstance(key, int) else form.get("properties", {}).get(key)
        if part is None and isinstance(key, str):
            part = form.get("additionalProperties")
        if isinstance(part, dict):
            found.append(part)
    return _forms(found)


def _ready(value: Any, schemas: list[Schema], path: Path, opaque: list[Path]) -> Any:
    forms = _forms(schemas)
    inclusion = inclusion_of(value)
    if inclusion is not None and inclusion.alone:
        if inclusion.key == "$include":
            opaque.append(path)
            return value
        return _sample(forms, "text")
    if isinstance(value, dict):
        return {key: _ready(part, _below(forms, key), (*path, key), opaque) for key, part in value.items()}
    if isinstance(value, list):
        return [_ready(part, _below(forms, index), (*path, index), opaque) for index, part in enumerate(value)]
    return _sample(forms, value) if is_open(value) else _coerced(value, types_of(forms))


def types_of(forms: Iterable[Schema]) -> set[str]:
    """Give the types that forms ask for."""
    found: set[str] = set()
    for form in forms:
        asked = form.get("type", ())
        found |= {asked} if isinstance(asked, str) else set(asked)
    return found


def _sample(forms: list[Schema], value: str) -> object:
    """Give something that fits one of the forms, in place of a text that is not known yet."""
    scalars = [form for form in forms if types_of([form]) & {"string", "number", "integer", "boolean"}]
    if not forms or any("string" in types_of([form]) and not {"enum", "const"} & form.keys() for form in scalars):
        return value
    for form in scalars:
        if "const" in form or "enum" in form:
            return form["const"] if "const" in form else form["enum"][0]
    types = types_of(scalars)
    return True if types == {"boolean"} else 1 if types else value


def _coerced(value: Any, types: set[str]) -> Any:
    """Give a scalar as the type that is asked for, where Ajv makes one of it."""
    numeric = bool(types & {"number", "integer"})
    if isinstance(value, str) and "string" not in types:
        if numeric and (number := as_number(value)) is not None:
            return number
        return _TEXTS.get(value, value) if "boolean" in types else value
    if isinstance(value, bool) and "boolean" not in types:
        return json.dumps(value) if "string" in types else int(value) if numeric else value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and not numeric:
        return json.dumps(value) if "string" in types else bool(value) if value in (0, 1) and types else value
    if value is None and types and "null" not in types:
        return "" if "string" in types else 0 if numeric else False if "boolean" in types else None
    return value


def as_number(text: str) -> float | int | None:
    """Give the number that JavaScript makes of a text, None where it makes none."""
    stripped = text.strip()
    try:
        return int(stripped, 0) if stripped[:2].lower() in {"0x", "0b", "0o"} else _decimal(stripped)
    except ValueError:
        return None


def _decimal(text: str) -> float | int | None:
    if not text or "_" in text or text.lower().strip("+-") in {"inf", "infinity", "nan"}:
        return None
    number = float(text)
    return int(number) if number.is_integer() else number


def is_secret_among(forms: Iterable[Schema]) -> bool:
    """Tell whether one of the forms is declared to be secret."""
    return any("secret" in (form.get("visibility"), form.get("deepVisibility")) for form in forms)
