"""The database named is the one used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.reading import at
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_DATABASE = ("backend", "database")
_IN_URL = re.compile(r"\w+://[^/]*/([^?]+)")


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        client, mode = at(found.data, *_DATABASE, "client"), at(found.data, *_DATABASE, "pluginDivisionMode")
        if client not in ("pg", "mysql", "mysql2") or mode == "schema":
            continue
        connection = at(found.data, *_DATABASE, "connection")
        path: Path = (*_DATABASE, "connection")
        name = None
        if isinstance(connection, dict):
            path, name = (*path, "database"), connection.get("database")
        elif isinstance(connection, str) and (match := _IN_URL.match(connection)):
            name = match[1]
        if isinstance(name, str) and name:
            prefix = at(found.data, *_DATABASE, "prefix") or "backstage_plugin_"
            message = f"{name} is never used: each plugin gets a database of its own, {prefix}catalog and so on"
            hint = None if client == "pg" else "leave the name out"
            yield found.find(path, message, hint, at_key=isinstance(connection, dict))


_GOOD = (
    portal()
    .replace("{host: db,", "{host: db, database: portal,")
    .replace("    client: pg\n", "    client: pg\n    pluginDivisionMode: schema\n")
)

RULE = Rule(
    code="BST150",
    title="names of databases",
    effect="advice",
    reason="A name of the database is passed over, unless the plugins share one database by a schema each.",
    fix="add pluginDivisionMode: schema beside the client, or leave the name out",
    good=_GOOD,
    bad=_GOOD.replace("    pluginDivisionMode: schema\n", ""),
    world=_find,
)
