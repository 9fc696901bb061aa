"""Steps ask for actions that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.schema.actions import actions
from itdo_platform_gen.syntax.near import close, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World

# Of these prefixes every action is in the packages that are known, but for those of modules of their own.
_KNOWN = ("catalog:", "debug:", "fetch:", "fs:", "github:", "gitlab:", "publish:github", "publish:gitlab")
_OF_MODULES = frozenset({"fetch:cookiecutter", "fetch:rails", "publish:gitlabSubmodule"})
_INSTEAD = {"github:actions:create": "put the workflow into the tree that fetch:template renders"}


def _look(template: Template, world: World) -> Iterator[Finding]:
    for step in template.steps:
        name = step.action
        if name in actions() or "${{" in name or f"Action/{name}" in world.external:
            continue
        near = nearest(name, actions())
        meant = f"did you mean {near}? " if near else ""
        outside = f"if the portal has it, declare it under external: in platform.yaml, as Action/{name}"
        path = (*step.path, "action")
        surely = name.startswith(_KNOWN) and name not in _OF_MODULES
        if "action" in step.data and (not name or surely or (near and close(name, near))):
            message = f"expected an action that there is, got {name or 'none'}"
            yield Finding(template.document, path, message, _INSTEAD.get(name) or f"{meant}{outside}")
        elif name:
            message = f"{name} is no action of Backstage's own, of GitHub's or of GitLab's"
            hint = f"{meant}{outside}"
            yield Finding(template.document, path, message, hint, effect="advice", severity="notice")


RULE = Rule(
    code="BST306",
    title="actions that are not there",
    effect="fails",
    reason="A task stops at the first step whose action is not registered.",
    fix="correct the name, or declare it under external: in platform.yaml",
    good=TEMPLATE,
    bad=TEMPLATE.replace("catalog:register", "catalog:registr"),
    document=each_template(_look),
    kinds=KINDS,
)
