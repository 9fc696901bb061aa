"""Steps give their actions what those take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.reading import at
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.schema.actions import actions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Step, Template
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.schema.violation import Violation

_STRUCTURE = frozenset({"additionalProperties", "required"})
_ALONE = re.compile(r"\$\{\{\s*parameters\.(\w+)\s*\}\}")
_SAMPLES: dict[str, Any] = {
    "array": [],
    "boolean": True,
    "integer": 1,
    "number": 1,
    "object": {},
    "string": "${{ parameters.x }}",
}
_ELSEWHERE = {"allowedHosts": "it belongs to the ui:options of the form's RepoUrlPicker"}


def _look(template: Template, _: World) -> Iterator[Finding]:
    for step in template.steps:
        action = actions().get(step.action)
        given = step.data.get("input")
        if action is None or not isinstance(given, (dict, type(None))):
            continue
        sampled = _sampled(given or {}, template)
        for violation in action.validator.explain(sampled):
            if not _is_open(given or {}, violation):
                yield _finding(template, step, violation)


def _sampled(value: Any, template: Template) -> Any:
    """Put a value of its type in place of each parameter that stands alone, as far as the form tells the type."""
    if isinstance(value, dict):
        return {key: _sampled(inner, template) for key, inner in value.items()}
    if isinstance(value, list):
        return [_sampled(inner, template) for inner in value]
    found = _ALONE.fullmatch(value.strip()) if isinstance(value, str) else None
    parameter = template.parameters.get(found[1]) if found else None
    return _SAMPLES.get(str(parameter.schema.get("type")), value) if parameter is not None else value


def _is_open(given: dict[str, object], violation: Violation) -> bool:
    """Tell whether an expression decides what a value is."""
    value = at(given, *violation.path)
    if isinstance(value, str) and "${{" in value:
        alone = _ALONE.fullmatch(value.strip())
        whole = value.strip().startswith("${{") and value.strip().endswith("}}") and not alone
        return whole or violation.keyword != "type"
    if violation.keyword in _STRUCTURE:
        return False
    return violation.keyword not in {"type", ""} and "${{" in str(value)


def _finding(template: Template, step: Step, violation: Violation) -> Finding:
    path = (*step.path, "input", *violation.path)
    if "input" not in step.data:
        path = (*step.path, "action")
    key = str(violation.path[-1]) if violation.path else ""
    hint = (violation.at_key and _ELSEWHERE.get(key)) or violation.hint
    return Finding(template.document, path, f"{step.action}: {violation.message}", hint, at_key=violation.at_key)


RULE = Rule(
    code="BST307",
    title="inputs of actions",
    effect="fails",
    reason="An action checks what it is given before it does anything, and stops the task; a dry run may not tell.",
    fix="write what the action takes",
    good=TEMPLATE,
    bad=TEMPLATE.replace("defaultBranch: main", "defaultBrach: main"),
    document=each_template(_look),
    kinds=KINDS,
)
