"""Each step has an id of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World


def _look(template: Template, _: World) -> Iterator[Finding]:
    seen: set[str] = set()
    for step in template.steps:
        if step.id in seen and "id" in step.data:
            message = f"expected an id that no step before has, got {step.id}"
            yield Finding(template.document, (*step.path, "id"), message)
        seen.add(step.id)


RULE = Rule(
    code="BST304",
    title="ids of steps",
    effect="fails",
    reason="Of two steps with one id the portal shows one, and the outputs of the last take the place of the first's.",
    fix="give it another id",
    good=TEMPLATE,
    bad=TEMPLATE.replace("id: register", "id: fetch"),
    document=each_template(_look),
    kinds=KINDS,
)
