"""No two documents are the same entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import GROUP
from itdo_platform_gen.checks.entities.refs import entities_in, ref_of
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document


def _find(world: World) -> Iterator[Finding]:
    first: dict[tuple[str, str, str], Document] = {}
    for document in entities_in(world):
        other = first.setdefault(ref_of(document).key, document)
        if other is not document:
            message = f"expected one {ref_of(document)}, got another one, besides that in {other.file}"
            yield Finding(document, ("metadata", "name"), message)


_GOOD = f"{GROUP}---\n" + GROUP.replace("name: platform", "name: tools")

RULE = Rule(
    code="BST214",
    title="entities that there are twice",
    effect="fails",
    reason="The catalog keeps the one it read first and reports a conflict for the other; case makes no difference.",
    fix="give one of them another name or namespace, or join them",
    good=_GOOD,
    bad=_GOOD.replace("name: tools", "name: Platform"),
    world=_find,
)
