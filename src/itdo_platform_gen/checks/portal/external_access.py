"""What calls the portal from outside is let in as it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.reading import mapping, mappings, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_ACCESS = ("backend", "auth", "externalAccess")
_KEYS = ("backend", "auth", "keys")
_LEAST_TOKEN = 8
# What has to be one word in the options of each type.
_WORDS = {"jwks": ("url",), "legacy": ("secret", "subject"), "static": ("token", "subject")}
_ACTIONS = ("create", "delete", "read", "update")


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for index, key in mappings(found.data, *_KEYS):
            if re.search(r"\s", text(key, "secret")) and not is_open(key["secret"]):
                yield found.find((*_KEYS, index, "secret"), "expected a secret without spaces", concealed=True)
        for index, entry in mappings(found.data, *_ACCESS):
            path = (*_ACCESS, index)
            yield from _options(found, path, str(entry.get("type")), mapping(entry, "options"))
            yield from _restrictions(found, path, entry)


def _options(found: Portal, path: Path, kind: str, options: dict[str, object]) -> Iterator[Finding]:
    for key in _WORDS.get(kind, ()):
        value = options.get(key)
        if not isinstance(value, str) or not value or is_open(value):
            continue
        place = (*path, "options", key)
        if re.search(r"\s", value):
            yield found.find(place, f"expected {key} without spaces", concealed=key != "subject")
        elif key == "token" and len(value) < _LEAST_TOKEN:
            message = f"expected a token of at least {_LEAST_TOKEN} characters, got {len(value)}"
            yield found.find(place, message, concealed=True)
        elif key == "url" and "://" not in value:
            yield found.find(place, f"expected a URL, got {value}")


def _restrictions(found: Portal, path: Path, entry: dict[str, object]) -> Iterator[Finding]:
    plugins: set[str] = set()
    for number, restriction in mappings(entry, "accessRestrictions"):
        place = (*path, "accessRestrictions", number)
        plugin = restriction.get("plugin")
        if isinstance(plugin, str) and plugin in plugins:
            yield found.find((*place, "plugin"), f"{plugin} has a restriction already", "join the two")
        plugins.add(str(plugin))
        actions = mapping(restriction, "permissionAttribute").get("action")
        listed = actions if isinstance(actions, list) else [actions]
        for action in (part for one in listed if isinstance(one, str) for part in re.split(r"[ ,]+", one)):
            if action and not is_open(action) and action not in _ACTIONS:
                where = (*place, "permissionAttribute", "action")
                yield found.find(where, f"no action is called {show(action)}", suggest(action, _ACTIONS))


_GOOD = portal(
    backend="""\
auth:
  externalAccess:
    - type: static
      options: {token: "${CI_TOKEN}", subject: ci}
      accessRestrictions: [{plugin: catalog, permissionAttribute: {action: read}}]
"""
)

RULE = Rule(
    code="BST130",
    title="access from outside",
    effect="refused",
    reason="The backend does not start with a token that is short or has spaces, or a restriction that it cannot read.",
    fix="write what the hint says",
    good=_GOOD,
    bad=_GOOD.replace("subject: ci}", "subject: the ci}"),
    world=_find,
)
