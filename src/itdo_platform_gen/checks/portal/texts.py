"""Texts are written as texts, and say something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.structure import declared, types_of
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.schema.violation import QUOTE, Violation
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.appconfig.structure import Schema
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

# These are handed on as they are, to knex, a cache and the proxy, or another rule looks at them.
_RAW = (("proxy", "endpoints"), ("backend", "cache"))
_LISTEN = ("backend", "listen")
_NUMBERS, _TEXT = frozenset({"integer", "number"}), frozenset({"string"})


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for path, value, forms in declared(found.data):
            if isinstance(value, dict):
                yield from _nulls(found, path, value, forms)
            types = frozenset(types_of(forms)) - {"array", "object"}
            if isinstance(value, (dict, list)) or not types or _is_raw(path):
                continue
            message, hint = f"expected text, got {show(value)}", None
            if types == _TEXT and isinstance(value, (bool, int, float)):
                mark, _ = found.owner(path).origins.locate(path, at_key=False)
                hint = Violation(path, "", f"{QUOTE}{value}").hint_where(mark.written)
            elif types <= _NUMBERS and isinstance(value, bool):
                message = f"expected a number, got {show(value)}"
            elif value is None and "null" not in types and isinstance(path[-1], int):
                message, hint = "expected a value, got null", "leave it out, or give it a value"
            elif value == "" and types == _TEXT:
                hint = "leave it out, or give it a text"
            else:
                continue
            yield found.find(path, message, hint)


def _nulls(found: Portal, path: Path, value: dict[str, Any], forms: list[Schema]) -> Iterator[Finding]:
    """Find what has to be there and is null, which the schema takes for a text and the portal for nothing."""
    needed = {key for form in forms for key in form.get("required", ())}
    for key, part in value.items():
        if part is None and key in needed:
            yield found.find((*path, key), "expected a value, got null")


def _is_raw(path: Path) -> bool:
    return path[:2] in _RAW or path == _LISTEN or "connection" in path or "knexConfig" in path


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
