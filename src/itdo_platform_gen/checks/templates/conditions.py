"""The condition of a step can come out both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.reading import mappings
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.hole import Hole, UnclosedHoleError, split_holes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path


def _look(template: Template, _: World) -> Iterator[Finding]:
    places: list[tuple[Path, object]] = [((*step.path, "if"), step.data.get("if")) for step in template.steps]
    for part in ("links", "text"):
        for index, item in mappings(template.document.data, "spec", "output", part):
            places.append((("spec", "output", part, index, "if"), item.get("if")))
    for path, condition in places:
        if isinstance(condition, str) and condition and "{%" not in condition and _is_text(condition):
            message = f"expected one expression, got {show(condition)}, a text, which always holds"
            yield Finding(template.document, path, message, _hint(condition))


def _is_text(condition: str) -> bool:
    try:
        parts = split_holes(condition)
    except UnclosedHoleError:
        return False
    return len(parts) > 1 or not isinstance(parts[0], Hole)


def _hint(condition: str) -> str:
    if condition.lower() in {"false", "true"}:
        return f"write {condition.lower()} without quotes"
    inner = condition.replace("${{", "").replace("}}", "").strip()
    return f"write ${{{{ {' '.join(inner.split())} }}}}"


RULE = Rule(
    code="BST309",
    title="conditions that always hold",
    effect="fails",
    reason="A condition that is a text with something in it is true, whatever the text says.",
    fix="write one expression: ${{ parameters.x == 'y' }}",
    good=TEMPLATE.replace(
        "      action: catalog:register", "      if: ${{ parameters.name == 'x' }}\n      action: catalog:register"
    ),
    bad=TEMPLATE.replace(
        "      action: catalog:register", "      if: parameters.name == 'x'\n      action: catalog:register"
    ),
    document=each_template(_look),
    kinds=KINDS,
)
