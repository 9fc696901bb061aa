"""The files of a tree use values that the step gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.skeletons import skeletons_of, values_in
from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.skeletons import Skeleton
    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World


def _look(template: Template, world: World) -> Iterator[Finding]:
    for skeleton in skeletons_of(template, world):
        given = skeleton.step.data["input"].get("values", {})
        if isinstance(given, dict):
            yield from _in(template, skeleton, given)


def _in(template: Template, skeleton: Skeleton, given: dict[str, object]) -> Iterator[Finding]:
    path = (*skeleton.step.path, "input", "values")
    used: set[str] = set()
    texts = [*((name, name, "") for name in skeleton.names)]
    texts += [(name, content, "line") for name, content in skeleton.texts]
    for name, content, by_line in texts:
        for value, line in values_in(content):
            if value not in given and value not in used:
                where = f"{skeleton.folder}/{name}" + (f":{line}" if by_line else "")
                message = f"expected the value {value}, which {where} uses, got none"
                yield Finding(template.document, path, message, suggest(value, given))
            used.add(value)


RULE = Rule(
    code="BST312",
    title="values that the tree uses",
    effect="fails",
    reason="A value that no step gives is empty in the file, and says nothing of it.",
    fix="give it under values:, or correct the name in the file",
    good=TEMPLATE,
    bad=TEMPLATE.replace(
        "          port: ${{ parameters.port | default(8080) }}\n", "          ports: ${{ parameters.port }}\n"
    ).replace(", default: 8080", ""),
    document=each_template(_look),
    kinds=KINDS,
    files={"content/README.md.jinja": "# ${{ values.name }}\n{% if values.port %}${{ values.port }}{% endif %}\n"},
)
