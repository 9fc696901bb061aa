"""Expressions look up what the scaffolder gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template, Use
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.lookup import Read

# Source: NunjucksWorkflowRunner of @backstage/plugin-scaffolder-backend 4.2.0.
_KEYS = {
    "context": ("task",),
    "each": ("key", "value"),
    "environment": ("parameters", "secrets"),
    "parameters": (),
    "secrets": (),
    "steps": (),
    "user": ("entity", "ref"),
}
_WORDS = frozenset({"False", "None", "True", "null", "undefined"})
_OTHERS = {"values": "parameters", "github": None, "inputs": "parameters", "outputs": "steps"}


def _look(template: Template, _: World) -> Iterator[Finding]:
    for use, read in template.reads():
        fault = _fault(template, use, read)
        if fault is not None:
            yield Finding(template.document, use.path, *fault)


def _fault(template: Template, use: Use, read: Read) -> tuple[str, str | None] | None:
    if read.root in _WORDS:
        return None
    if read.root not in _KEYS:
        if read.root == "github":
            return _nothing(read), f"write ${{{{ '${{{{ {read} }}}}' }}}}, where the text is to keep it"
        meant = _OTHERS.get(read.root)
        hint = f"did you mean {meant}?" if meant else suggest(read.root, _KEYS)
        if not read.path and read.root in template.parameters:
            hint = f"did you mean parameters.{read.root}?"
        return _nothing(read), hint
    if read.root == "each" and use.step is not None and "each" not in template.steps_by_index[use.step].data:
        return "each is there in a step with each: alone", "say each: ${{ … }} in the step"
    known = _KEYS[read.root]
    if known and read.path and read.path[0] not in known:
        return f"expected {read.root}.{f' or {read.root}.'.join(known)}, got {read}", suggest(str(read.path[0]), known)
    return None


def _nothing(read: Read) -> str:
    return f"{read.root} is the name of nothing here, so that {read} is empty"


RULE = Rule(
    code="BST317",
    title="names in expressions",
    effect="fails",
    reason="A name that the scaffolder does not give is empty, and says nothing of it.",
    fix="write parameters, steps, secrets, user or, in a step with each, each",
    good=TEMPLATE,
    bad=TEMPLATE.replace("name: ${{ parameters.name }}", "name: ${{ parameter.name }}").replace(
        "required: [name, repoUrl]\n      properties:\n        name: {title: Name, type: string}",
        "required: [repoUrl]\n      properties:",
    ),
    document=each_template(_look),
    kinds=KINDS,
)
