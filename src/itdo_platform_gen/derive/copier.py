"""Copier: the questions of a blueprint with content, and of several together at the root of a repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.portable_values import as_json, literal, openers_hidden, pages, source_of
from itdo_platform_gen.render.emit import emit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from itdo_platform_gen.blueprint.blueprint import Blueprint
    from itdo_platform_gen.blueprint.form import Schema

_SETTINGS: dict[str, object] = {
    "_min_copier_version": "9.19.0",
    "_subdirectory": "content",
    "_templates_suffix": ".jinja",
    "_preserve_symlinks": True,
    "_envops": {
        "variable_start_string": "${{",
        "variable_end_string": "}}",
        "trim_blocks": True,
        "lstrip_blocks": True,
    },
}
_TYPES = {"string": "str", "integer": "int", "boolean": "bool", "number": "float", "array": "json", "object": "json"}
_BY = "Derived by `platform-gen derive`"


def copier_file(blueprint: Blueprint) -> str:
    """Give the text of a blueprint's copier.yml."""
    questions = _questions(blueprint)
    questions["values"] = _hidden(_building(blueprint))
    return emit({**_SETTINGS, **questions}, f"# {_BY} from blueprint.yaml: change that, not this.\n")


def joint_copier_file(blueprints: Mapping[str, Blueprint]) -> str:
    """Give the text of a copier.yml that asks which of several blueprints is meant, by the path of their folders.

    Copier sees none but the one at the root of a git repository.
    """
    named = {blueprint.name: blueprint for blueprint in blueprints.values()}
    places = {blueprint.name: f"{path}/content" for path, blueprint in blueprints.items()}
    which: dict[str, object] = {
        "type": "str",
        "help": "What to make",
        "choices": {openers_hidden(blueprint.title): name for name, blueprint in named.items()},
    }
    if len(named) == 1:
        which["default"] = next(iter(named))
    asked = {name: _questions(blueprint) for name, blueprint in named.items()}
    questions = dict.fromkeys(question for own in asked.values() for question in own)
    together = {
        question: _together({name: own[question] for name, own in asked.items() if question in own}, list(named))
        for question in questions
    }
    building = _by_name({name: _building(blueprint) for name, blueprint in named.items()})
    settings = {**_SETTINGS, "_subdirectory": _by_name(places)}
    text = {**settings, "blueprint": which, **together, "values": _hidden(building)}
    return emit(text, f"# {_BY} from the blueprints: change those, not this.\n")


def _questions(blueprint: Blueprint) -> dict[str, dict[str, Any]]:
    return {
        # Where the template is kept Copier knows itself.
        name: {"type": "str", "when": False, "default": schema.get("default", "")}
        if name in blueprint.provenance.values()
        else _question(name, schema, _old_names(name, blueprint), required=name in page.get("required", ()))
        for _, page in pages(blueprint.parameters)
        for name, schema in page.get("properties", {}).items()
    }


def _old_names(name: str, blueprint: Blueprint) -> list[str]:
    """Give what a parameter was called in earlier versions, the latest first."""
    found = [name]
    for migration in reversed(blueprint.migrations):
        found += [old for old, new in migration.renamed.items() if new in found]
    return found[1:]


def _question(name: str, schema: Schema, old_names: list[str], *, required: bool) -> dict[str, Any]:
    kind = _TYPES[schema["type"]]
    question: dict[str, Any] = {"type": kind}
    said = [str(schema[key]) for key in ("title", "description") if schema.get(key)]
    if said:
        question["help"] = openers_hidden(": ".join(said))
    if "enum" in schema and kind != "json":
        question["choices"] = [openers_hidden(v) if isinstance(v, str) else v for v in schema["enum"]]
    if "default" in schema and not (required and schema["default"] is None):
        default = as_json(schema["default"]) if kind == "json" else schema["default"]
        question["default"] = openers_hidden(default) if isinstance(default, str) else default
    if old_names:
        # An answer of before, which Copier knows by its name of then.
        answers = [(f"{old} is defined", f"${{{{ {old}{' | tojson' * (kind == 'json')} }}}}") for old in old_names]
        question["default"] = _first_that_holds(answers, _written("default", question))
    validator = "".join(f"{{% if {fault} %}}{told}{{% endif %}}" for fault, told in _faults(name, schema))
    if validator:
        question["validator"] = validator
    return question


def _faults(name: str, schema: Schema) -> Iterator[tuple[str, str]]:
    """Give for each rule of a parameter the expression that tells it is broken, and what to say then."""
    if "pattern" in schema:
        yield f"{_search(name, schema['pattern'])} is none", openers_hidden(f"expected text like {schema['pattern']}")
    refused = schema.get("not")
    if isinstance(refused, dict) and "pattern" in refused:
        told = refused.get("description", f"expected no text like {refused['pattern']}")
        yield f"{_search(name, refused['pattern'])} is not none", openers_hidden(told)
    length = f"{name} | length"
    for key, left, sign, told in (
        ("minLength", length, "<", "expected at least {} characters"),
        ("maxLength", length, ">", "expected at most {} characters"),
        ("minItems", length, "<", "expected at least {} items"),
        ("maxItems", length, ">", "expected at most {} items"),
        ("minimum", name, "<", "expected at least {}"),
        ("maximum", name, ">", "expected at most {}"),
    ):
        if key in schema:
            yield f"{left} {sign} {schema[key]}", told.format(schema[key])


def _search(name: str, pattern: str) -> str:
    # In JSON Schema, $ is the end of the text; in Python it also stands before a last line break.
    if pattern.endswith("$") and not pattern.endswith("\\$"):
        pattern = f"{pattern[:-1]}\\Z"
    return f"({name} | regex_search({literal(pattern)}))"


def _building(blueprint: Blueprint) -> str:
    """Give the template that builds the values, as JSON, from the answers."""
    answers = ", ".join(f"{literal(name)}: {name}" for name in _questions(blueprint))
    lines = [f"{{% set values = {{{answers} }} %}}"]
    for name, template in blueprint.derived:
        lines.append(f"{{% set values = dict(values, **{{{literal(name)}: {source_of(template)} }}) %}}")
    return "\n".join([*lines, "${{ values | tojson }}"])


def _hidden(default: str) -> dict[str, Any]:
    return {"type": "json", "when": False, "default": default}


def _together(own: dict[str, dict[str, Any]], names: list[str]) -> dict[str, Any]:
    """Make one question of those that several blueprints ask by the same name."""
    first = next(iter(own.values()))
    keys = dict.fromkeys(key for question in own.values() for key in question)
    question: dict[str, Any] = {}
    for key in keys:
        if all(other.get(key, _ABSENT) == first.get(key, _ABSENT) for other in own.values()):
            question[key] = first[key]
        else:
            question[key] = _by_name({name: _written(key, other) for name, other in own.items()})
    if len(own) < len(names) and question.get("when") is not False:
        question["when"] = f"${{{{ blueprint in {literal(list(own))} }}}}"
    return question


_ABSENT = object()


def _written(key: str, question: dict[str, Any]) -> str:
    if key == "choices":
        return as_json(question.get(key, []))
    if key not in question and key in {"default", "when"}:
        return "${{ UNSET }}" if key == "default" else "true"
    value = question.get(key, "")
    return value if isinstance(value, str) else as_json(value)


def _by_name(texts: dict[str, str]) -> str:
    """Write a template that gives the text of the blueprint chosen."""
    if len(texts) == 1:
        return next(iter(texts.values()))
    return _first_that_holds((f"blueprint == {literal(name)}", text) for name, text in texts.items())


def _first_that_holds(texts: Iterable[tuple[str, str]], otherwise: str = "") -> str:
    written = "{% el".join(f"if {condition} %}}{text}" for condition, text in texts)
    rest = f"{{% else %}}{otherwise}" if otherwise else ""
    return f"{{% {written}{rest}{{% endif %}}"
