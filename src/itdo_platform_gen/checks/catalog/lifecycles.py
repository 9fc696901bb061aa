"""The lifecycle of an entity is one that the portal knows, or plainly another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import OWNED, each_entity
from itdo_platform_gen.checks.reading import text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.render.document import Document

_KNOWN = ("deprecated", "experimental", "production")


def _look(document: Document) -> Iterator[Finding]:
    written = text(document.data, "spec", "lifecycle")
    near = nearest(written, _KNOWN) if written and written not in _KNOWN else None
    if near is not None:
        message = f"expected {', '.join(_KNOWN[:-1])} or {_KNOWN[-1]}, or another word, got {show(written)}"
        yield Finding(document, ("spec", "lifecycle"), message, f"did you mean {near}?")


RULE = Rule(
    code="BST220",
    title="lifecycles",
    effect="advice",
    reason="Any text is taken, and entities are filtered by it: two spellings are two lifecycles.",
    fix="write it as the other entities do",
    good=OWNED,
    bad=OWNED.replace("lifecycle: production", "lifecycle: Production"),
    document=each_entity(_look),
)
