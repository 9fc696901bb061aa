"""References lead to entities of the kinds that their fields are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import OWNED, each_entity
from itdo_platform_gen.checks.entities.refs import references_of, target_of
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.render.document import Document


def _look(document: Document) -> Iterator[Finding]:
    for written in references_of(document):
        ref = target_of(written)
        kinds = written.field.kinds
        if ref is not None and kinds and ref.kind.lower() not in {kind.lower() for kind in kinds}:
            message = f"expected a {' or '.join(kinds)}, got the {ref.kind} {ref.name}"
            yield Finding(document, written.path, message)


_GOOD = OWNED.replace("owner: platform", "owner: group:platform")

RULE = Rule(
    code="BST211",
    title="kinds that references lead to",
    effect="fails",
    reason="The catalog takes the reference, and no page shows a relation to an entity of such a kind.",
    fix="name an entity of the kind that the field is for",
    good=_GOOD,
    bad=_GOOD.replace("owner: group:platform", "owner: component:orders"),
    document=each_entity(_look),
)
