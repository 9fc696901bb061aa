"""Expressions can be rendered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.expressions import python_word
from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_OTHER = re.compile(r"(?<!\$)\{\{-?\s*(?:parameters|secrets|steps|user)\.|(?<!\$)\$\{\s*(?:parameters|steps)\.[^{}]*\}")


def _look(template: Template, _: World) -> Iterator[Finding]:
    for path, _written in template.unclosed:
        yield Finding(template.document, path, "an expression is not closed", "close it with }}")
    for use in template.uses:
        word = python_word(use.source)
        if use.reading.fault is not None:
            yield Finding(template.document, use.path, f"{use.reading.fault}: {use.source}", use.reading.hint)
        elif word is not None:
            yield Finding(template.document, use.path, f"{word[0]} is the name of nothing here", f"write {word[1]}")
    for step in template.steps:
        for part in ("if", "each", "input"):
            yield from _other(template, step.data.get(part), (*step.path, part))


def _other(template: Template, data: object, path: Path) -> Iterator[Finding]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _other(template, value, (*path, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _other(template, item, (*path, index))
    elif isinstance(data, str):
        found = _OTHER.search(data)
        if found is not None:
            message = f"expected ${{{{ … }}}} around an expression, got {found[0]} …"
            yield Finding(template.document, path, message, "write ${{ … }}")


RULE = Rule(
    code="BST308",
    title="expressions of templates",
    effect="fails",
    reason="What the scaffolder cannot render it passes on as it stands, as a file's name or a repository's too.",
    fix="write it as Nunjucks has it",
    good=TEMPLATE,
    bad=TEMPLATE.replace("parameters.name }}", "parameters.name | slugify }}"),
    document=each_template(_look),
    kinds=KINDS,
)
