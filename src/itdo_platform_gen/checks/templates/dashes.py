"""A name with a dash stands in brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World


def _look(template: Template, _: World) -> Iterator[Finding]:
    for use in template.uses:
        for root, name in dict.fromkeys(template.dashed(use)):
            message = f"expected {root}['{name}'], got {root}.{name}, which is a subtraction"
            yield Finding(
                template.document, use.path, message, f"write {root}['{name}'], or _ in place of - in the name"
            )


RULE = Rule(
    code="BST305",
    title="dashes behind a dot",
    effect="fails",
    reason="An expression takes the dash for a minus, and comes to no number.",
    fix="write the name in brackets and quotes",
    good=TEMPLATE,
    bad=TEMPLATE.replace("id: publish", "id: publish-it").replace("steps.publish.", "steps.publish-it."),
    document=each_template(_look),
    kinds=KINDS,
)
