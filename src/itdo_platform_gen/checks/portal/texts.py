"""Texts are written as texts, and say something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.structure import declared, types_of
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.schema.violation import QUOTE, Violation
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

# These are handed on as they are, to knex, helmet and the proxy.
_RAW = (("backend", "database"), ("backend", "csp"), ("proxy", "endpoints"), ("backend", "cache"))


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for path, value, forms in declared(found.data):
            types = types_of(forms)
            if isinstance(value, (dict, list)) or not types or _is_raw(path):
                continue
            message, hint = f"expected text, got {show(value)}", None
            if types <= {"string", "null"} and isinstance(value, (bool, int, float)):
                mark, _ = found.owner(path).origins.locate(path, at_key=False)
                hint = Violation(path, "", f"{QUOTE}{value}").hint_where(mark.written)
            elif types <= {"number", "integer"} and isinstance(value, bool):
                message = f"expected a number, got {show(value)}"
            elif value != "" or not types <= {"string", "null"}:
                continue
            else:
                hint = "leave the key out, or give it a text"
            yield found.find(path, message, hint)


def _is_raw(path: Path) -> bool:
    return path[:2] in _RAW and path[:3] != ("backend", "database", "client")


_GOOD = portal("""\
organization:
  name: "4711"
""")

RULE = Rule(
    code="BST104",
    title="texts in app-config.yaml",
    effect="fails",
    reason="The schema makes a text of a number; what reads it in the portal does not, and stops there, as at no text.",
    fix="write a text of at least one character",
    good=_GOOD,
    bad=_GOOD.replace('"4711"', "4711"),
    world=_find,
)
