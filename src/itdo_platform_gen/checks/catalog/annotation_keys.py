"""Annotations of entities have keys of the form that the catalog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import OWNED, each_entity
from itdo_platform_gen.checks.entities.names import KEY, is_key
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.render.document import Document


def _look(document: Document) -> Iterator[Finding]:
    for key in mapping(document.data, "metadata", "annotations"):
        if not is_key(key):
            path = ("metadata", "annotations", key)
            yield Finding(document, path, f"expected {KEY}, got the key {show(key)}", at_key=True)


RULE = Rule(
    code="BST204",
    title="keys of annotations",
    effect="refused",
    reason="The catalog refuses an entity with an annotation that nobody could ask for.",
    fix="write domain/name, with at most 63 letters, digits, -, _ and . in the name",
    good=OWNED,
    bad=OWNED.replace("github.com/project-slug: acme/orders", "acme/shop/owner: alice"),
    document=each_entity(_look),
)
