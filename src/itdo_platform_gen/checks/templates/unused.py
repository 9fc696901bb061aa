"""What the form asks for is used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World

_READ = re.compile(r"(?<![\w.])parameters\.(\w+)")
_ROOTS = frozenset({"parameters", "secrets"})


def _look(template: Template, _: World) -> Iterator[Finding]:
    read = [read for use in template.uses for read in use.reading.reads if read.root in _ROOTS]
    if any(not each.path for each in read) or any(not use.reading.is_known for use in template.uses):
        return  # all of them together, or nobody can tell
    used = {str(each.path[0]) for each in read} | {name for use in template.uses for _, name in template.dashed(use)}
    used |= {name for _, page in template.pages for name in _asked(page)}
    written = str(mapping(template.document.data, "spec").get("formDecorators", ""))
    for name, parameter in template.parameters.items():
        is_heading = parameter.schema.get("type") == "null"
        if name not in used and not is_heading and f"parameters.{name}" not in written:
            message = f"expected a use of the parameter {name}, got none"
            yield Finding(template.document, parameter.path, message, at_key=True)


def _asked(schema: object) -> Iterator[str]:
    """Give the fields whose answers choose what else the form shows."""
    if isinstance(schema, dict):
        yield from mapping(schema, "dependencies")
        yield from mapping(schema, "if", "properties")
        for value in schema.values():
            yield from _asked(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from _asked(item)
    elif isinstance(schema, str) and "${{" in schema:
        yield from _READ.findall(schema)


RULE = Rule(
    code="BST302",
    title="parameters that no step uses",
    effect="advice",
    reason="Who fills in the field believes that it does something.",
    fix="give it to a step, or take it out of the form",
    good=TEMPLATE,
    bad=TEMPLATE.replace("        name: {title", "        team: {title: Team, type: string}\n        name: {title"),
    document=each_template(_look),
    kinds=KINDS,
)
