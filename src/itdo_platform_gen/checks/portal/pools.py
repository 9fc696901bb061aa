"""Pools of database connections hold a number of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_DATABASE = ("backend", "database")
_POOL = ("knexConfig", "pool")
# What knex has where nothing is said.
_LEAST, _MOST = 2, 10


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        yield from _faults(found, (*_DATABASE, *_POOL))
        for plugin in mapping(found.data, *_DATABASE, "plugin"):
            yield from _faults(found, (*_DATABASE, "plugin", plugin, *_POOL))


def _faults(found: Portal, path: Path) -> Iterator[Finding]:
    pool = mapping(found.data, *path)
    if not {"min", "max"} & pool.keys():
        return
    numbers = {"min": pool.get("min", _LEAST), "max": pool.get("max", _MOST)}
    for key, least in (("min", 0), ("max", 1)):
        value = numbers[key]
        if not is_open(value) and (isinstance(value, bool) or not isinstance(value, int) or value < least):
            yield found.find((*path, key), f"expected an integer of at least {least}, got {show(value)}")
            return
    if all(isinstance(number, int) for number in numbers.values()) and numbers["min"] > numbers["max"]:
        message = f"expected min up to max, which is {numbers['max']}, got {numbers['min']}"
        yield found.find((*path, "min" if "min" in pool else "max"), message)


_GOOD = portal().replace("    connection:", "    knexConfig: {pool: {min: 2, max: 20}}\n    connection:")

RULE = Rule(
    code="BST152",
    title="pools of database connections",
    effect="refused",
    reason="The schema does not look into what knex is given; the pool does, and no plugin starts without it.",
    fix="write integers, min up to max",
    good=_GOOD,
    bad=_GOOD.replace("min: 2", "min: 30"),
    world=_find,
)
