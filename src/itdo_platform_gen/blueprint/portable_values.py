"""Values of a blueprint with content: what they must be so that Copier and Backstage can give the same ones.

Both build them from their own answers, with expressions derived from the blueprint; see `derive/`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.form import property_schemas
from itdo_platform_gen.blueprint.portable import RESERVED, Portability
from itdo_platform_gen.blueprint.portable_text import portability, written_faults
from itdo_platform_gen.blueprint.scope import Shape
from itdo_platform_gen.blueprint.shapes import shape_of
from itdo_platform_gen.blueprint.template import Constant, Entry, MappingTemplate, SequenceTemplate, Text, Whole
from itdo_platform_gen.diagnostics import has_errors
from itdo_platform_gen.syntax.jinja import ContentError, nodes, parse_content
from itdo_platform_gen.syntax.node import mark_at
from itdo_platform_gen.syntax.scalar import float_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from itdo_platform_gen.blueprint.form import Schema
    from itdo_platform_gen.blueprint.parameters import Parameters
    from itdo_platform_gen.blueprint.template import Template
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.node import Path

# Each answer is a name of its own in Copier, beside Jinja2's words and functions and Copier's.
TAKEN = RESERVED | {
    *("and", "elif", "else", "false", "for", "if", "in", "is", "not", "or", "true"),
    *("cycler", "dict", "joiner", "lipsum", "loop", "make_secret", "namespace", "now", "pathjoin", "range", "self"),
    *("blueprint", "parameters", "repoUrl", "secrets", "steps"),
}
TYPES = frozenset({"array", "boolean", "integer", "number", "object", "string"})


def literal(value: object) -> str:
    """Write data as an expression that all engines read as the same."""
    if isinstance(value, str):
        text = value.replace("\\", "\\\\").replace("'", "\\'")
        return "'" + text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + "'"
    if isinstance(value, list):
        return f"[{', '.join(literal(item) for item in value)}]"
    if isinstance(value, dict):
        inside = ", ".join(f"{literal(key)}: {literal(item)}" for key, item in value.items())
        return f"{{{inside} }}" if inside else "{}"  # two braces together would close a hole
    if value is None or isinstance(value, bool):
        return {None: "none", True: "true", False: "false"}[value]
    return float_text(value) if isinstance(value, float) else str(value)


def source_of(template: Template) -> str | None:
    """Write a derived value as one expression; None where it has control keys, which no expression has."""
    if isinstance(template, Constant):
        return literal(template.data)
    if isinstance(template, Whole):
        return template.expression.source
    if isinstance(template, Text):
        parts = (literal(part) if isinstance(part, str) else f"({source_of(part)})" for part in template.parts)
        return " ~ ".join(["''", *parts])
    steps: tuple[Any, ...] = template.steps if isinstance(template, MappingTemplate | SequenceTemplate) else ()
    written = []
    for step in steps:
        value = step.value if isinstance(step, Entry) else step
        source = source_of(value) if isinstance(value, _VALUES) else None
        if source is None or (isinstance(step, Entry) and not isinstance(step.key, str)):
            return None
        written.append(f"{literal(step.key)}: {source}" if isinstance(step, Entry) else source)
    inside = ", ".join(written)
    return f"{{{inside} }}" if isinstance(template, MappingTemplate) else f"[{inside}]"


_VALUES = (Constant, Whole, Text, MappingTemplate, SequenceTemplate)


def portable_shape(
    parameters: Parameters, derived: Iterable[tuple[str, Template]], problems: list[Diagnostic]
) -> dict[str, Shape]:
    """Give the names and shapes of all values; what is not portable is added to the problems."""
    _check_parameters(parameters, problems)
    shape = dict(parameters.shape())
    for name, template in derived:
        if name in TAKEN or name.startswith("_"):
            problems.append(template.mark.diagnose("CNT005", _taken("derived value", name), hint=_RENAME))
        shape[name] = _check_derived(name, template, shape, problems)
    return shape


def _check_derived(name: str, template: Template, shape: Mapping[str, Shape], problems: list[Diagnostic]) -> Shape:
    source = source_of(template)
    if has_errors(problems):
        return Shape()
    if source is None:
        message = f'derived value "{name}" has control keys, which Copier and Backstage do not have'
        hint = "write it as one expression"
        problems.append(template.mark.diagnose("CNT005", message, hint=hint))
        return Shape()
    text = f"{{% set it = {source} %}}"
    try:
        tree = parse_content(text)
    except ContentError as error:
        problems.append(template.mark.diagnose("CNT005", error.message))
        return Shape()
    names = {"values": Shape(shape)}
    found = sorted({*written_faults(text), *Portability(dict(names)).faults(tree)}, key=str)
    problems += [portability(template.mark, fault, "CNT005") for fault in found]
    [assigned] = tree.find_all(nodes.Assign)
    return shape_of(names, assigned.node)


def _check_parameters(parameters: Parameters, problems: list[Diagnostic]) -> None:
    named = set()
    for place, page in pages(parameters):
        named |= page.get("properties", {}).keys()
        for name, schema in page.get("properties", {}).items():
            mark = mark_at(parameters.node, (*place, "properties", name), at_key=True)
            for message, hint in _parameter_faults(name, schema, name in page.get("required", ())):
                problems.append(mark.diagnose("CNT005", message, hint=hint))
    for name in property_schemas(parameters.schema).keys() - named:
        mark = mark_at(parameters.node, ())
        message = f'parameter "{name}" depends on others, and would be missing without them'
        problems.append(mark.diagnose("CNT005", message, hint="declare it under properties, with a default"))


def pages(parameters: Parameters) -> Iterator[tuple[Path, Schema]]:
    """Give the pages of the form, each with its place in `spec.parameters`."""
    several = parameters.schema.get("allOf", []) if parameters.pages != ((),) else [parameters.schema]
    yield from zip(parameters.pages, several, strict=True)


def _parameter_faults(name: str, schema: Schema, required: bool) -> Iterator[tuple[str, str | None]]:  # noqa: FBT001
    if name in TAKEN or name.startswith("_"):
        yield _taken("parameter", name), _RENAME
    if schema.get("type") not in TYPES:
        yield f'parameter "{name}" has not one type', "give it one: string, integer, boolean, array or object"
    if not required and "default" not in schema:
        yield f'parameter "{name}" may be missing, which is an error to one engine and empty to another', _DEFAULT
    if _has_defaults(schema, inside=False):
        yield f'parameter "{name}" has defaults inside, which Copier and Backstage do not fill in', _INSIDE
    elif _may_lack(schema):
        yield f'parameter "{name}" has keys that may be missing, which each engine takes in another way', _INSIDE
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        try:
            re.compile(pattern)
        except re.error as error:
            yield f'the pattern of parameter "{name}" is none to Copier: {error}', None


_RENAME = "give it another name"
_DEFAULT = "give it a default, or require it"
_INSIDE = "require every key inside, and give the whole a default"


def _taken(kind: str, name: str) -> str:
    return f'{kind} "{name}" has a name that Copier or Backstage keep for themselves'


def _has_defaults(schema: object, *, inside: bool = True) -> bool:
    if not isinstance(schema, dict):
        return False
    inner = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    return (inside and "default" in schema) or any(_has_defaults(part) for part in inner)


def _may_lack(schema: object) -> bool:
    if not isinstance(schema, dict):
        return False
    named = schema.get("properties", {})
    inner = [*named.values(), schema.get("items"), schema.get("additionalProperties")]
    return bool(named.keys() - set(schema.get("required", ()))) or any(_may_lack(part) for part in inner)


def openers_hidden(text: str) -> str:
    """Write a text so that rendering it as a template gives it back."""
    if re.search(r"\$\{\{|\{%|\{#", text):
        return f"${{{{ {literal(text)} }}}}"
    return text


def as_json(value: object) -> str:
    """Write data on one line, as Copier's questions of type json take it."""
    return json.dumps(value, ensure_ascii=False)
