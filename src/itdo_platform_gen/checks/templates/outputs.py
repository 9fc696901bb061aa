"""The outputs that are used are those of steps before, and of actions that give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.schema.actions import actions
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template, Use
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.lookup import Read

_NAMED = 3
"""The parts of steps.ID.output.NAME behind the first."""


def _look(template: Template, _: World) -> Iterator[Finding]:
    for use, read in template.reads():
        if read.root == "steps" and read.path:
            fault = _fault(template, use, read)
            if fault is not None:
                yield Finding(template.document, use.path, *fault)


def _fault(template: Template, use: Use, read: Read) -> tuple[str, str | None] | None:
    named = [step for step in template.steps if step.id == read.path[0]]
    if not named:
        return f"expected the id of a step, got {read.path[0]}", suggest(
            str(read.path[0]), [step.id for step in template.steps]
        )
    before = [step for step in named if use.step is None or step.index < use.step]
    if not before:
        where = "itself" if named[0].index == use.step else "a step behind this one"
        return f"expected a step before this one, got {named[0].id}, which is {where}", "put that step first"
    if len(read.path) > 1 and read.path[1] != "output":
        return f"expected output behind {read.path[0]}, got {read.path[1]}", f"write steps.{read.path[0]}.output.…"
    action = actions().get(before[-1].action)
    if action is not None and len(read.path) >= _NAMED and str(read.path[2]) not in action.outputs:
        message = f"expected an output of {action.name}, got {read.path[2]}"
        return message, suggest(str(read.path[2]), action.outputs) or "it gives none"
    return None


RULE = Rule(
    code="BST303",
    title="outputs of steps",
    effect="fails",
    reason="What no step before has given is empty where it is used, and the task goes on with nothing.",
    fix="name a step before, and an output that its action gives",
    good=TEMPLATE,
    bad=TEMPLATE.replace("steps.publish.output.remoteUrl", "steps.publish.output.url"),
    document=each_template(_look),
    kinds=KINDS,
)
