"""The address that the backend listens on is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.structure import as_number
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.reading import at
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World

_LISTEN = ("backend", "listen")
_PORT = re.compile(r"\s*[+-]?\d+")
_HIGHEST_PORT = 65535


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        listen = at(found.data, *_LISTEN)
        if isinstance(listen, (bool, int, float)):
            yield found.find(_LISTEN, f"expected text or a mapping, got {show(listen)}", f'write ":{listen}"')
        elif isinstance(listen, str) and not is_open(listen):
            *hosts, port = listen.split(":")
            if len(hosts) > 1 or not _PORT.match(port):
                yield found.find(_LISTEN, f"expected a port, or a host, : and a port, got {show(listen)}")
            elif int(_PORT.match(port)[0]) not in range(_HIGHEST_PORT + 1):  # type: ignore[index]  # it matches
                yield found.find(_LISTEN, f"expected a port up to {_HIGHEST_PORT}, got {port}")
        elif isinstance(listen, dict):
            given = listen.get("port")
            number = as_number(given) if isinstance(given, str) else given
            open_or_none = given is None or is_open(given)
            if not open_or_none and number not in range(_HIGHEST_PORT + 1):
                yield found.find((*_LISTEN, "port"), f"expected a port up to {_HIGHEST_PORT}, got {show(given)}")


_GOOD = portal(backend='listen: ":7007"')

RULE = Rule(
    code="BST105",
    title="the address that a portal listens on",
    effect="refused",
    reason="The schema takes a bare number for text; the backend stops at it, as at what is no host with a port.",
    fix='write ":7007", or host and port as keys of a mapping',
    good=_GOOD,
    bad=_GOOD.replace('":7007"', "7007"),
    world=_find,
)
