"""Secrets are asked for by the field that hides them, and used where they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.template import KINDS, SECRET, TEMPLATE, each_template
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Parameter, Template
    from itdo_platform_gen.checks.world import World

_SECRET = re.compile(
    r"(?:^|[a-z_-])(?:password|passwd|passphrase|secret|token|api[-_]?key|private[-_]?key)$", re.IGNORECASE
)


def _look(template: Template, _: World) -> Iterator[Finding]:
    hidden = {name for name, parameter in template.parameters.items() if parameter.is_secret}
    for parameter in template.parameters.values():
        if _is_plain(parameter):
            message = f"the value of {parameter.name} is kept in plain with the task, and shown for review"
            yield Finding(template.document, parameter.path, message, effect="advice", at_key=True, severity="warning")
    for use, read in template.reads():
        if read.root == "parameters" and read.path and read.path[0] in hidden:
            message = f"expected secrets.{read.path[0]}, got parameters.{read.path[0]}, which is a row of stars"
            yield Finding(template.document, use.path, message, f"write secrets.{read.path[0]}")
        elif read.root == "secrets" and use.part not in {"each", "input"}:
            message = f"secrets are not given to {use.part}, so that {read} is empty"
            yield Finding(template.document, use.path, message, "use it in the input of a step alone")


def _is_plain(parameter: Parameter) -> bool:
    schema = parameter.schema
    # One that has a default is a name, such as that of a Secret in a cluster.
    asks = schema.get("type") == "string" and schema.keys().isdisjoint({"default", "enum", "ui:field"})
    return asks and _SECRET.search(parameter.name) is not None


_GOOD = TEMPLATE.replace(
    "        name: {title",
    f"        token: {{title: Token, type: string, 'ui:field': {SECRET}}}\n        name: {{title",
).replace("defaultBranch: main", "defaultBranch: main\n        secrets: {TOKEN: '${{ secrets.token }}'}")

RULE = Rule(
    code="BST316",
    title="secrets in the form",
    effect="fails",
    reason="Only the field Secret keeps a value out of the task's record; its value is a secret, and no parameter.",
    fix="say ui:field: Secret, and use secrets.NAME in the input of a step",
    good=_GOOD,
    bad=_GOOD.replace("secrets.token", "parameters.token"),
    document=each_template(_look),
    kinds=KINDS,
)
