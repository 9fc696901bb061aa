"""The fields of the form are shown by extensions that the portal has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import close, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World

# Source: the field extensions of @backstage/plugin-scaffolder 1.39.0.
_KNOWN = (
    *("EntityNamePicker", "EntityPicker", "EntityTagsPicker", "MultiEntityPicker", "MyGroupsPicker"),
    *("OwnedEntityPicker", "OwnerPicker", "RepoBranchPicker", "RepoOwnerPicker", "RepoUrlPicker", "Secret"),
)


def _look(template: Template, world: World) -> Iterator[Finding]:
    for parameter in template.parameters.values():
        name = parameter.schema.get("ui:field")
        if not isinstance(name, str) or name in _KNOWN or f"Field/{name}" in world.external:
            continue
        path = (*parameter.path, "ui:field")
        near = nearest(name, _KNOWN)
        outside = f"if the portal has it, declare it under external: in platform.yaml, as Field/{name}"
        if near is not None and close(name, near):
            message, hint = f"expected a field that there is, got {name}", f"did you mean {near}? {outside}"
            yield Finding(template.document, path, message, hint)
        else:
            message = f"{name} is no field of Backstage's own"
            yield Finding(template.document, path, message, outside, effect="advice", severity="notice")


RULE = Rule(
    code="BST314",
    title="extensions of fields",
    effect="fails",
    reason="The portal shows an error in place of a field whose extension it does not have.",
    fix="correct the name, or declare it under external: in platform.yaml",
    good=TEMPLATE,
    bad=TEMPLATE.replace("RepoUrlPicker", "RepoUrlPikcer"),
    document=each_template(_look),
    kinds=KINDS,
)
