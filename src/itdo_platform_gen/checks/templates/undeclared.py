"""Steps use the parameters that the form asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import close, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World


def _look(template: Template, _: World) -> Iterator[Finding]:
    if any("$ref" in page for _, page in template.pages):
        return
    for use, read in template.reads():
        if read.root == "parameters" and read.path and read.path[0] not in template.parameters:
            name = str(read.path[0])
            if str(read) in use.reading.guarded and not any(close(name, known) for known in template.parameters):
                continue  # programs may give it, and where none does there is another value
            message = f"expected a parameter of the form, got {name}"
            yield Finding(template.document, use.path, message, suggest(name, template.parameters))


_GOOD = TEMPLATE.replace(
    "        name: {title", "        team: {title: Team, type: string}\n        name: {title"
).replace("name: ${{ parameters.name }}", "name: ${{ parameters.name }}\n          team: ${{ parameters.team }}")

RULE = Rule(
    code="BST301",
    title="parameters that no page asks for",
    effect="fails",
    reason="The scaffolder puts nothing in place of a parameter that nobody was asked for, and says nothing of it.",
    fix="declare it under spec.parameters, or correct the name",
    good=_GOOD,
    bad=_GOOD.replace("        team: {title: Team, type: string}\n", ""),
    document=each_template(_look),
    kinds=KINDS,
)
