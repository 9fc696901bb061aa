"""A result has a type that Tekton knows, and a value only where a step's result becomes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.names import is_dns_label
from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.parameters import TYPES, keys_of, type_of
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.tasks import step_action, task_specs
from itdo_platform_gen.checks.reading import mapping, mappings, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.syntax.node import Path

_VALUE = re.compile(r"\$\(steps\.(.*?)\.results\.(.*?)\)")
_NAME = re.compile(r"(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        for step in spec.steps:
            yield from _types(resource, step.data, step.path, is_step=True)
        yield from _types(resource, spec.data, spec.path)
        for index, result in mappings(spec.data, "results"):
            if result.get("value") is not None:
                yield from _value(resource, (*spec.path, "results", index, "value"), result["value"])
    action = step_action(resource)
    if action is not None:
        yield from _types(resource, action.data, action.path)


def _types(resource: Resource, holder: dict[str, Any], path: Path, *, is_step: bool = False) -> Iterator[Finding]:
    """Look at results; those of a Task's steps get no types by default."""
    for index, result in mappings(holder, "results"):
        place = (*path, "results", index)
        is_object = isinstance(result.get("properties"), dict) and not is_step
        kind = result.get("type") or ("object" if is_object else "string")
        if kind not in TYPES:
            message = f"expected {', '.join(TYPES[:-1])} or {TYPES[-1]}, got {show(kind)}"
            yield resource.find((*place, "type"), message, suggest(str(kind), TYPES))
        elif kind == "object" and keys_of(result) is None:
            yield resource.find((*place, "properties"), "expected properties, which name an object's keys, got none")
        elif kind == "object":
            for key, form in mapping(result, "properties").items():
                if text(form, "type") not in ({"string"} if is_step else {"", "string"}):
                    message = (
                        f"expected the type string, got {show(text(form, 'type')) if text(form, 'type') else 'none'}"
                    )
                    yield resource.find((*place, "properties", str(key), "type"), message)


def _value(resource: Resource, path: Path, value: object) -> Iterator[Finding]:
    form = "$(steps.name.results.name)"
    if type_of(value) != "string":
        yield resource.find(path, f"expected the result of a step, such as {form}, got {type_of(value)}")
        return
    written = value if isinstance(value, str) else show(value)
    match = _VALUE.search(written)
    if written and match is None:
        hint = "a step writes any other value into the file $(results.name.path)"
        yield resource.find(path, f"expected the result of a step, such as {form}, got {show(written)}", hint)
    elif match is not None and not (is_dns_label(match[1]) and _NAME.fullmatch(match[2])):
        yield resource.find(path, f"expected names of a step and a result in {form}, got {match[0]}")


_GOOD = task("""\
results: [{name: versions, type: array}]
steps:
  - name: compile
    image: IMAGE
    script: |
      #!/bin/sh
      printf '["1.0"]' > "$(results.versions.path)"
""")

RULE = Rule(
    code="TKN119",
    title="types of results",
    effect="refused",
    reason="A result is text, a list of texts, or an object whose keys are declared.",
    fix="write type: string, array or object, and properties: for an object",
    good=_GOOD,
    bad=_GOOD.replace("type: array", "type: list"),
    document=each_resource(_look),
    kinds=EVERY_KIND,
)
