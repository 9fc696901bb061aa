"""No entity is a part of itself, by whatever way around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import GROUP
from itdo_platform_gen.checks.entities.refs import entities_in, ref_of, references_of, target_of
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from itdo_platform_gen.checks.entities.refs import Written
    from itdo_platform_gen.checks.world import World

    Key = tuple[str, str, str]

_UP = frozenset({"parent", "subcomponentOf", "subdomainOf"})


def _find(world: World) -> Iterator[Finding]:
    above: dict[Key, tuple[Key, Written]] = {}
    for document in entities_in(world):
        for written in references_of(document):
            ref = target_of(written)
            if ref is not None and written.field.name in _UP:
                above.setdefault(ref_of(document).key, (ref.key, written))
    told: set[Key] = set()
    for start, (_, written) in above.items():
        way = _way_round(above, start)
        if way and told.isdisjoint(way):
            told.update(way)
            names = " → ".join(name for _, _, name in [*way, start])
            yield Finding(written.document, written.path, f"expected no circle, got {names}")


def _way_round(above: Mapping[Key, tuple[Key, Written]], start: Key) -> list[Key]:
    """Give the entities on the way from one up to itself, none where there is no such way."""
    way = [start]
    here = above[start][0]
    while here in above and here not in way:
        way.append(here)
        here = above[here][0]
    return way if here == start else []


_GOOD = GROUP.replace("spec: {", "spec: {parent: company, ") + "---\n" + GROUP.replace("platform", "company")

RULE = Rule(
    code="BST215",
    title="entities above themselves",
    effect="fails",
    reason="A hierarchy that leads back to its start has no top, and the pages that draw it show nothing or no end.",
    fix="take one of the references out",
    good=_GOOD,
    bad=_GOOD.replace("parent: company", "parent: platform"),
    world=_find,
)
