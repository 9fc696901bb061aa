"""The database is one that a portal can use, and that outlives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.reading import at, mapping
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_DATABASE = ("backend", "database")
_CLIENTS = ("better-sqlite3", "mysql", "mysql2", "pg", "sqlite3")
_IN_FILES = ("better-sqlite3", "sqlite3")
_NEEDED = {"cloudsql": ("instance",), "rds": ("host", "port", "user")}
_PLUGINS = (*_DATABASE, "plugin")


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        yield from _client(found, (*_DATABASE, "client"))
        for plugin in mapping(found.data, *_PLUGINS):
            yield from _client(found, (*_PLUGINS, plugin, "client"))
        client, connection = (at(found.data, *_DATABASE, key) for key in ("client", "connection"))
        kind = mapping(found.data, *_DATABASE, "connection").get("type")
        if kind == "cloudsql" and not mapping(connection).get("instance") and found.is_whole:
            yield found.find(
                (*_DATABASE, "connection"), "expected instance for a connection of type cloudsql, got none"
            )
        if kind == "rds" and found.is_whole:
            for key in ("host", "port", "user"):
                if key not in mapping(connection):
                    message = f"expected {key} for a connection of type rds, got none"
                    yield found.find((*_DATABASE, "connection"), message)
        production = found.is_production or at(found.data, "auth", "environment") == "production"
        if production and client in _IN_FILES:
            message = f"expected a database that outlives the portal's pod, got {client}"
            yield found.find((*_DATABASE, "client"), message, "take pg", effect="advice")


def _client(found: Portal, path: Path) -> Iterator[Finding]:
    client = at(found.data, *path)
    if isinstance(client, str) and client and not is_open(client) and client not in _CLIENTS:
        yield found.find(path, f"no database client is called {client}", suggest(client, _CLIENTS))


_GOOD = portal().replace("    connection:", "    plugin: {catalog: {client: pg}}\n    connection:")

RULE = Rule(
    code="BST151",
    title="clients of databases",
    effect="refused",
    reason="A plugin that is given a client which the backend does not know does not start.",
    fix="take pg, or better-sqlite3 on a machine of your own",
    good=_GOOD,
    bad=_GOOD.replace("{client: pg}", "{client: postgresql}"),
    world=_find,
)
