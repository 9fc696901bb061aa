"""Expressions of other tools in a tree are not taken for the scaffolder's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.skeletons import foreign_in, skeletons_of
from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World

_KEPT = {"copyWithoutRender", "copyWithoutTemplating", "templateFileExtension"}
_BY_EXTENSION = (
    "say templateFileExtension: .jinja, and call only those files so that have expressions of the template's"
)


def _look(template: Template, world: World) -> Iterator[Finding]:
    seen = {skeleton.step.index for skeleton in skeletons_of(template, world)}
    for step in template.steps:
        if (
            step.action == "fetch:template"
            and step.index not in seen
            and not _KEPT & mapping(step.data, "input").keys()
        ):
            message = "every file of the tree is rendered, those with expressions of other tools too"
            path = (*step.path, "action")
            yield Finding(template.document, path, message, effect="advice", severity="warning")
    for skeleton in skeletons_of(template, world):
        found = [(name, *each) for name, content in skeleton.texts for each in foreign_in(content)]
        if found:
            name, source, line = found[0]
            more = f", and {len(found) - 1} more" if len(found) > 1 else ""
            message = f"{skeleton.folder}/{name}:{line} has ${{{{ {source} }}}}, which the scaffolder empties{more}"
            hint = _BY_EXTENSION if skeleton.takes_every_file else f"write ${{{{ '${{{{ {source} }}}}' }}}}"
            yield Finding(template.document, (*skeleton.step.path, "input", "url"), message, hint)


RULE = Rule(
    code="BST311",
    title="expressions of other tools in the tree",
    effect="fails",
    reason="The scaffolder renders every file that it is not told to leave alone; what it does not know is empty.",
    fix=_BY_EXTENSION,
    good=TEMPLATE,
    bad=TEMPLATE.replace("        templateFileExtension: .jinja\n", ""),
    document=each_template(_look),
    kinds=KINDS,
    files={
        "content/README.md.jinja": "${{ values.name }} on ${{ values.port }}\n",
        "content/.github/workflows/ci.yml": "run: echo ${{ github.ref }}\n",
    },
)
