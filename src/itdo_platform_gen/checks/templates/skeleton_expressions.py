"""The expressions of a tree can be rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.skeletons import faults_in, skeletons_of
from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World


def _look(template: Template, world: World) -> Iterator[Finding]:
    for skeleton in skeletons_of(template, world):
        for name, content in skeleton.texts:
            for message, hint, line in faults_in(content):
                path = (*skeleton.step.path, "input", "url")
                yield Finding(template.document, path, f"{skeleton.folder}/{name}:{line} has {message}", hint)


_GOOD = TEMPLATE.replace(
    "        templateFileExtension: .jinja", "        templateFileExtension: .jinja\n        trimBlocks: true"
)

RULE = Rule(
    code="BST321",
    title="expressions of the tree",
    effect="fails",
    reason="The task stops at the first file that cannot be rendered.",
    fix="write it as Nunjucks has it, or keep the file from being rendered",
    good=_GOOD,
    bad=_GOOD.replace("templateFileExtension: .jinja", "templateFileExtension: .njk"),
    document=each_template(_look),
    kinds=KINDS,
    files={
        "content/README.md.jinja": "# ${{ values.name | upper }}\n",
        "content/README.md.njk": "# ${{ values.name | slugify }}\n",
    },
)
