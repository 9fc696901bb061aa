"""What stands in an entity is read by the catalog, or is meant for a plugin."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.entities.entity import OWNED
from itdo_platform_gen.checks.group import is_entity
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import close, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.schema.store import Schemas
    from itdo_platform_gen.syntax.node import Path

# Keys that are read and that no schema has: of components by the catalog, of steps by the scaffolder.
_BEYOND = {"dependencyOf", "each"}
# Keys that the catalog writes itself: nobody means them.
_WRITTEN = {"etag", "uid"}
_REFERENCE = "#/definitions/"


def _find(document: Document, world: World) -> Iterator[Finding]:
    if not is_entity(document) or world.schemas is None:
        return
    schema = _schema(world.schemas, document.api_version, document.kind)
    if schema is not None:
        definitions = schema["definitions"]
        for part in ("metadata", "spec"):
            inner = _resolved(schema, definitions)["properties"][part]
            yield from _keys(document, (part,), mapping(document.data, part), inner, definitions)


@lru_cache
def _schema(schemas: Schemas, api_version: str, kind: str) -> dict[str, Any] | None:
    return schemas.schema(api_version, kind)


def _resolved(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").removeprefix(_REFERENCE)
    found: dict[str, Any] = definitions.get(name, schema)
    return found


def _keys(
    document: Document, path: Path, data: object, schema: dict[str, Any], definitions: dict[str, Any]
) -> Iterator[Finding]:
    schema = _resolved(schema, definitions)
    known = schema.get("properties")
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _keys(document, (*path, index), item, schema.get("items") or {}, definitions)
    elif isinstance(data, dict) and known and schema.get("additionalProperties") is True:
        for key, value in data.items():
            if key in known:
                yield from _keys(document, (*path, key), value, known[key], definitions)
            elif key not in _BEYOND and not key.startswith("$"):
                yield from _unread(document, (*path, key), key, [*(set(known) - data.keys() - _WRITTEN)])


def _unread(document: Document, path: Path, key: str, known: list[str]) -> Iterator[Finding]:
    near = nearest(key, known)
    if near is not None and (close(key, near) or key.lower() == near.lower()):
        yield Finding(document, path, f"unknown key {key}, which nothing reads", f"did you mean {near}?", at_key=True)


RULE = Rule(
    code="BST216",
    title="keys that nothing reads",
    effect="fails",
    reason="Entities are open to keys of plugins, so that a slip of the pen passes and what it should say is missing.",
    fix="correct the key",
    good=OWNED,
    bad=OWNED.replace("  owner: platform\n", "  owner: platform\n  dependOn: ['component:cart']\n"),
    document=_find,
)
