"""Links of entities lead somewhere, and say where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import OWNED, each_entity
from itdo_platform_gen.checks.entities.names import is_url
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.render.document import Document


def _look(document: Document) -> Iterator[Finding]:
    for index, link in mappings(document.data, "metadata", "links"):
        url, path = text(link, "url"), ("metadata", "links", index)
        if url and not is_url(url):
            message = f"expected a URL with its scheme, got {show(url)}"
            yield Finding(document, (*path, "url"), message, f"write https://{url}" if "." in url else None)
        for part in ("title", "icon"):
            written = text(link, part)
            if written and not written.strip():
                yield Finding(document, (*path, part), f"expected text, got {show(written)}", "leave it out")


RULE = Rule(
    code="BST206",
    title="links of entities",
    effect="refused",
    reason="The catalog takes no link that a browser could not follow.",
    fix="write a whole URL, such as https://example.com/orders",
    good=OWNED,
    bad=OWNED.replace("https://example.com/orders", "example.com/orders"),
    document=each_entity(_look),
)
