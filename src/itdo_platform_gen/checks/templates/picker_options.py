"""What a picker is to offer stands in its options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World

# Source: the options of the field extensions of @backstage/plugin-scaffolder 1.39.0.
_OPTIONS = frozenset(
    {
        *("allowArbitraryValues", "allowedHosts", "allowedKinds", "allowedOwners", "allowedProjects", "allowedRepos"),
        *("catalogFilter", "defaultKind", "defaultNamespace", "requestUserCredentials"),
    }
)


def _look(template: Template, _: World) -> Iterator[Finding]:
    for parameter in template.parameters.values():
        if "ui:field" not in parameter.schema:
            continue
        for key in parameter.schema:
            option = key.removeprefix("ui:")
            if option in _OPTIONS:
                message = f"expected {option} under ui:options, got it beside"
                yield Finding(template.document, (*parameter.path, key), message, at_key=True)


RULE = Rule(
    code="BST315",
    title="options of pickers",
    effect="fails",
    reason="A picker reads its options alone: beside them nothing narrows what it offers.",
    fix="put it under ui:options:",
    good=TEMPLATE,
    bad=TEMPLATE.replace("          'ui:options':\n            allowedHosts", "          allowedHosts"),
    document=each_template(_look),
    kinds=KINDS,
)
