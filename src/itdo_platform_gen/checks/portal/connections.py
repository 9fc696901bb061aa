"""The connection to the database is one that its client can make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.substitution import filled, is_open
from itdo_platform_gen.checks.appconfig.urls import is_url
from itdo_platform_gen.checks.reading import at, mapping
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World

_DATABASE = ("backend", "database")
_CONNECTION = (*_DATABASE, "connection")
_IN_FILES = ("better-sqlite3", "sqlite3")
_NEEDED = {"cloudsql": ("instance",), "rds": ("host", "port", "user")}
_MEMORY = ":memory:"
_SCHEMA_PREFIX = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        client, connection = at(found.data, *_DATABASE, "client"), at(found.data, *_CONNECTION)
        prefix = at(found.data, *_DATABASE, "schemaPrefix")
        if isinstance(prefix, str) and prefix and not is_open(prefix) and not _SCHEMA_PREFIX.fullmatch(prefix):
            path = (*_DATABASE, "schemaPrefix")
            yield found.find(path, f"expected letters, digits and _, no digit first, got {prefix}")
        if client in _IN_FILES:
            yield from _in_files(found, connection)
        elif isinstance(connection, str) and "://" in connection and not is_url(filled(connection)):
            yield found.find(_CONNECTION, "expected a URL such as postgresql://USER:PASSWORD@HOST:5432", concealed=True)
        kind = mapping(connection).get("type")
        for key in _NEEDED.get(str(kind), ()) if found.is_whole else ():
            if key not in mapping(connection):
                yield found.find(_CONNECTION, f"expected {key} for a connection of type {kind}, got none")


def _in_files(found: Portal, connection: object) -> Iterator[Finding]:
    named = mapping(connection).get("filename")
    given = named if isinstance(connection, dict) else connection
    if isinstance(given, (bool, int, float)):
        yield found.find(_CONNECTION, f"expected {_MEMORY} or a mapping, got {show(given)}")
    if isinstance(given, str) and not is_open(given) and given != _MEMORY:
        path = (*_CONNECTION, "filename") if named else _CONNECTION
        message = f"expected {_MEMORY}, or a directory for one file a plugin, got {given}"
        yield found.find(path, message, "write {directory: FOLDER}")
    if at(found.data, *_DATABASE, "pluginDivisionMode") == "schema":
        yield found.find((*_DATABASE, "pluginDivisionMode"), "SQLite has no schemas to part plugins by", "leave it out")
    if found.is_production or at(found.data, "auth", "environment") == "production":
        message = "expected a database that outlives the portal's pod, got SQLite"
        yield found.find((*_DATABASE, "client"), message, "take pg", effect="advice")


_GOOD = (
    portal()
    .replace("client: pg", "client: better-sqlite3")
    .replace('{host: db, user: portal, password: "${POSTGRES_PASSWORD}"}', "{directory: /var/lib/portal}")
)

RULE = Rule(
    code="BST151",
    title="connections to databases",
    effect="refused",
    reason="The schema takes any connection; no plugin starts with one that its client cannot make.",
    fix="write what the hint says",
    good=_GOOD,
    bad=_GOOD.replace("directory: /var/lib/portal", "filename: portal.db"),
    world=_find,
)
