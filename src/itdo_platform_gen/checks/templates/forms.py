"""The pages of the form are JSON Schema, and ask only for fields that they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.reading import items
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.schema.validator import check_schema
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_BRANCHES = ("allOf", "anyOf", "oneOf")


def _look(template: Template, _: World) -> Iterator[Finding]:
    for path, page in template.pages:
        for violation in check_schema(page):
            place = (*path, *violation.path)
            yield Finding(template.document, place, f"no JSON Schema: {violation.message}", violation.hint)
        if "$ref" not in page:
            yield from _required(template, page, path, set(template.parameters))


def _required(template: Template, schema: dict[str, Any] | Any, path: Path, known: set[str]) -> Iterator[Finding]:
    """Look at the fields of a page and of the branches in it."""
    for index, name in enumerate(items(schema, "required")):
        if isinstance(name, str) and name not in known:
            message = f"expected a field of the form, got {name}"
            yield Finding(template.document, (*path, "required", index), message, suggest(name, known))
    for key in _BRANCHES:
        for index, branch in enumerate(items(schema, key)):
            if isinstance(branch, dict):
                yield from _required(template, branch, (*path, key, index), known)


RULE = Rule(
    code="BST313",
    title="pages of the form",
    effect="fails",
    reason="A page that is no JSON Schema cannot be shown, and nobody gets past one that asks for what it has not.",
    fix="correct the schema, or declare the field under properties",
    good=TEMPLATE,
    bad=TEMPLATE.replace("required: [name, repoUrl]", "required: [name, repoUrl, team]"),
    document=each_template(_look),
    kinds=KINDS,
)
