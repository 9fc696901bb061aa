"""Labels of entities have keys and values of the form that the catalog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import OWNED, each_entity
from itdo_platform_gen.checks.entities.names import KEY, NAME, is_entity_name, is_key
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.render.document import Document


def _look(document: Document) -> Iterator[Finding]:
    for key, value in mapping(document.data, "metadata", "labels").items():
        path = ("metadata", "labels", key)
        if not is_key(key):
            yield Finding(document, path, f"expected {KEY}, got the key {show(key)}", at_key=True)
        elif isinstance(value, str) and value and not is_entity_name(value):
            yield Finding(document, path, f"expected {NAME}, got {show(value)}")


RULE = Rule(
    code="BST203",
    title="labels of entities",
    effect="refused",
    reason="Labels are what entities are filtered by; free text belongs into annotations.",
    fix="correct it, or make it an annotation",
    good=OWNED,
    bad=OWNED.replace("tier: gold", "tier: gold and silver"),
    document=each_entity(_look),
)
