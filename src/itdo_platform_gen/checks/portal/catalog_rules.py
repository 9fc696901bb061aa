"""The catalog takes the kinds that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.group import is_entity
from itdo_platform_gen.checks.reading import at, items, mappings
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World

# What plugin-catalog-backend 4.0.0 takes where no rules are given.
_DEFAULT = ("Component", "API", "Location")
_RULES = ("catalog", "rules")


def _find(world: World) -> Iterator[Finding]:
    entities = {document.kind: document for document in reversed(world.documents) if is_entity(document)}
    for found in world.portals if entities else ():
        allowed = {kind.lower() for kind in _allowed(found)}
        if not found.is_whole or None in _open(found):
            continue
        for kind, entity in sorted(entities.items()):
            if kind.lower() not in allowed:
                known = at(found.data, *_RULES) is not None
                message = f"no rule allows {kind}, of which {entity.name} in {entity.file} is one"
                hint = f"add {kind} to allow" if known else f"add catalog.rules: [{{allow: [{kind}, …]}}]"
                yield found.find(_RULES if known else ("catalog",), message, hint)


def _allowed(found: Portal) -> Iterator[str]:
    """Give the kinds that some rule allows, wherever from."""
    if at(found.data, *_RULES) is None:
        yield from _DEFAULT
    rules = [rule for _, rule in mappings(found.data, *_RULES)]
    for _, location in mappings(found.data, "catalog", "locations"):
        rules += [rule for _, rule in mappings(location, "rules")]
    for rule in rules:
        for kind in items(rule, "allow"):
            name = kind.get("kind") if isinstance(kind, dict) else kind
            if isinstance(name, str):
                yield name


def _open(found: Portal) -> list[object]:
    """Give None where nobody can tell which rules there are."""
    rules = at(found.data, *_RULES)
    return [] if rules is None or isinstance(rules, list) else [None]


_ENTITY = """\
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: {name: shop}
spec: {owner: platform}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: platform}
spec: {type: team, children: []}
"""
_GOOD = (
    portal("""\
catalog:
  rules:
    - allow: [Component, System, Group, Location]
""")
    + _ENTITY
)

RULE = Rule(
    code="BST165",
    title="kinds that the catalog takes",
    effect="fails",
    reason="The catalog drops an entity of a kind that no rule allows, and says so in its log alone.",
    fix="allow it in catalog.rules, or in the rules of the location that it comes from",
    good=_GOOD,
    bad=_GOOD.replace("System, ", "", 1),
    world=_find,
)
