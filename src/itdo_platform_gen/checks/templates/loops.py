"""What a step is repeated for is a list or a mapping."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.reading import text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World

_ALONE = re.compile(r"\$\{\{\s*parameters\.(\w+)\s*\}\}")
_WHOLE = re.compile(r"\$\{\{.*\}\}", re.DOTALL)
_SINGLE = frozenset({"boolean", "integer", "number", "string"})


def _look(template: Template, _: World) -> Iterator[Finding]:
    for step in template.steps:
        each = step.data.get("each")
        path = (*step.path, "each")
        if each is None or isinstance(each, (dict, list)):
            continue
        if not isinstance(each, str) or not _WHOLE.fullmatch(each):
            yield Finding(template.document, path, f"expected a list or a mapping, got {show(each)}")
            continue
        alone = _ALONE.fullmatch(each)
        parameter = template.parameters.get(alone[1]) if alone else None
        if parameter is not None and text(parameter.schema, "type") in _SINGLE:
            message = f"expected a list or a mapping, got {parameter.name}, which is a {parameter.schema['type']}"
            yield Finding(template.document, path, message)


_GOOD = TEMPLATE.replace("      action: catalog:register", "      each: [one, two]\n      action: catalog:register")

RULE = Rule(
    code="BST320",
    title="what steps are repeated for",
    effect="fails",
    reason="The task stops where a step is to be repeated for something that has no items.",
    fix="write a list, a mapping, or one expression that comes to one",
    good=_GOOD,
    bad=_GOOD.replace("each: [one, two]", "each: ${{ parameters.name }}"),
    document=each_template(_look),
    kinds=KINDS,
)
