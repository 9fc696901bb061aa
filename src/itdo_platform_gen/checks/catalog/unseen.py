"""What entities refer to is among them, or declared to be outside; one notice for each that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import COMPONENT, OWNED
from itdo_platform_gen.checks.entities.names import is_entity_name
from itdo_platform_gen.checks.entities.refs import entities_in, is_declared, references_of, target_of
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    kinds = {document.kind.lower() for document in entities_in(world)}
    told: set[tuple[str, str, str]] = set()
    for document in entities_in(world):
        for written in references_of(document):
            ref = target_of(written)
            if ref is None or not ref.kind or ref.key[0] in kinds or ref.key in told or not is_entity_name(ref.name):
                continue
            told.add(ref.key)
            if not is_declared(world, ref):
                hint = f"if it exists, declare it under external: in platform.yaml, as {ref.declaration}"
                yield Finding(document, written.path, f"{ref} is not among these documents", hint)


RULE = Rule(
    code="BST213",
    title="references to entities that are not seen",
    effect="advice",
    reason="Nobody can tell whether an entity exists that is neither among the documents nor declared to be outside.",
    fix="declare it under external: in platform.yaml if it exists",
    good=OWNED,
    bad=COMPONENT,
    world=_find,
    level="notice",
)
