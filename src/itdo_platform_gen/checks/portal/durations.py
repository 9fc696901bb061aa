"""Durations have a unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.duration import UNITS, is_duration
from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.structure import as_number, declared, types_of
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.structure import Schema
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.diagnostics import Effect

# Read when somebody asks for it, and not at the start.
_LATE = (("scaffolder", "taskTimeout"),)
_NUMBER = re.compile(r"\d+")


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for path, value, forms in declared(found.data):
            if not _takes_duration(forms):
                continue
            if isinstance(value, str) and not is_open(value) and not is_duration(value):
                hint = None
                if _NUMBER.fullmatch(value.strip()):
                    number = "number" in types_of(forms)
                    hint = f"write {value} without quotes" if number else f'write "{value} ms", or another unit'
                effect: Effect | None = "fails" if path in _LATE else None
                yield found.find(path, f"expected a duration, got {show(value)}", hint, effect=effect)
            elif isinstance(value, dict) and not value:
                yield found.find(path, f"expected one or more of {', '.join(UNITS)}, got none")
            elif isinstance(value, dict) and value.keys() <= set(UNITS):
                for unit, amount in value.items():
                    if isinstance(amount, str) and as_number(amount) is None and not is_open(amount):
                        yield found.find((*path, unit), f"expected a number, got {show(amount)}")


def _takes_duration(forms: list[Schema]) -> bool:
    """Tell whether a duration is asked for: where a mapping of units is taken, and nothing but texts and it."""
    mappings = [form["properties"].keys() for form in forms if form.get("properties")]
    return any(set(UNITS) <= keys for keys in mappings)


_GOOD = portal(backend="cache: {store: memory, defaultTtl: 3600000}")

RULE = Rule(
    code="BST106",
    title="durations in app-config.yaml",
    effect="refused",
    reason="The schema takes any text; the portal stops at a duration without a unit, and so at a number in quotes.",
    fix="write a text such as 30 minutes or PT30M, or a mapping such as {minutes: 30}",
    good=_GOOD,
    bad=_GOOD.replace("3600000", '"3600000"'),
    world=_find,
)
