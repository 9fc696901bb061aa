"""Tags have the form that the catalog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import OWNED, each_entity
from itdo_platform_gen.checks.entities.names import TAG, is_tag
from itdo_platform_gen.checks.reading import items
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.render.document import Document


def _look(document: Document) -> Iterator[Finding]:
    for index, tag in enumerate(items(document.data, "metadata", "tags")):
        if isinstance(tag, str) and tag and not is_tag(tag):
            yield Finding(document, ("metadata", "tags", index), f"expected {TAG}, got {show(tag)}", _hint(tag))


def _hint(tag: str) -> str | None:
    corrected = "-".join(tag.lower().replace("_", " ").replace(".", " ").replace("-", " ").split())
    return f"write {corrected}" if is_tag(corrected) else None


RULE = Rule(
    code="BST205",
    title="tags",
    effect="refused",
    reason="One tag of another form keeps the whole entity out of the catalog.",
    fix="write it in lower case, with - between words",
    good=OWNED,
    bad=OWNED.replace("tags: [python]", "tags: [Python 3]"),
    document=each_entity(_look),
)
