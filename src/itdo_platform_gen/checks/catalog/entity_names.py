"""An entity's name has the form that the catalog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import OWNED, each_entity
from itdo_platform_gen.checks.entities.names import NAME, is_entity_name
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.render.document import Document


def _look(document: Document) -> Iterator[Finding]:
    if document.name and not is_entity_name(document.name):
        yield Finding(document, ("metadata", "name"), f"expected {NAME}, got {show(document.name)}")


RULE = Rule(
    code="BST201",
    title="names of entities",
    effect="refused",
    reason="The catalog addresses an entity by its name, in URLs too.",
    fix="shorten it, or write - for other characters; the title may be any text",
    good=OWNED,
    bad=OWNED.replace("name: orders", "name: orders service"),
    document=each_entity(_look),
)
