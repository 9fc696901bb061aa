"""The default of a field is given again where a step takes its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.portable_values import literal
from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World


def _look(template: Template, _: World) -> Iterator[Finding]:
    for use in template.uses:
        if use.part != "input" or len(use.reading.reads) != 1:
            continue
        [read] = use.reading.reads
        parameter = template.parameters.get(str(read.path[0])) if len(read.path) == 1 else None
        if parameter is None or str(read) != use.source or "default" not in parameter.schema:
            continue
        default = parameter.schema["default"]
        if default in ("", None, False) or parameter.is_secret:
            continue
        message = f"the default of {parameter.name} holds in the form alone"
        yield Finding(template.document, use.path, message, f"write ${{{{ {read} | default({literal(default)}) }}}}")


RULE = Rule(
    code="BST310",
    title="defaults of fields",
    effect="advice",
    reason="The form fills in defaults, the server does not: a task created by the API gets nothing there.",
    fix="say the default again in the step",
    good=TEMPLATE,
    bad=TEMPLATE.replace("parameters.port | default(8080)", "parameters.port"),
    document=each_template(_look),
    kinds=KINDS,
    level="notice",
)
