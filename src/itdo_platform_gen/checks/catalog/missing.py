"""What entities refer to is among them, where the documents have others of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import OWNED
from itdo_platform_gen.checks.entities.names import is_entity_name
from itdo_platform_gen.checks.entities.refs import entities_in, is_declared, ref_of, references_of, target_of
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import close, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.refs import EntityRef, Written
    from itdo_platform_gen.checks.world import World

# Kinds of which a company keeps all in one place; the others come from many repositories.
_KEPT_TOGETHER = frozenset({"domain", "group", "system", "user"})


def _find(world: World) -> Iterator[Finding]:
    there = [ref_of(document) for document in entities_in(world)]
    keys = {ref.key for ref in there}
    kinds = {ref.key[0] for ref in there}
    for document in entities_in(world):
        for written in references_of(document):
            ref = target_of(written)
            if ref is None or ref.key in keys or ref.key[0] not in kinds or not is_entity_name(ref.name):
                continue
            if not is_declared(world, ref):
                yield _missing(written, ref, there)


def _missing(written: Written, ref: EntityRef, there: list[EntityRef]) -> Finding:
    alike = [other for other in there if other.key[0] == ref.key[0]]
    message = f"expected a {ref.kind} that there is, got {ref}"
    elsewhere = [str(other) for other in alike if other.key[2] == ref.key[2]]
    names = [other.name for other in alike if other.key[1] == ref.key[1]]
    hint = f"did you mean {elsewhere[0]}?" if elsewhere else suggest(ref.name, names)
    surely = ref.key[0] in _KEPT_TOGETHER or bool(elsewhere) or any(close(ref.name, name) for name in names)
    if surely:
        return Finding(written.document, written.path, message, hint)
    outside = f"if it comes from elsewhere, declare it under external: in platform.yaml, as {ref.declaration}"
    return Finding(written.document, written.path, message, outside, effect="advice", severity="notice")


RULE = Rule(
    code="BST212",
    title="references to entities that are not there",
    effect="fails",
    reason="The catalog takes a reference to nothing, and shows an owner or a part that nobody can open.",
    fix="add the entity, correct the name, or declare it under external: in platform.yaml",
    good=OWNED,
    bad=OWNED.replace("owner: platform", "owner: plattform"),
    world=_find,
)
