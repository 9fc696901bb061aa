"""Change: what becomes of a part of a document, told by its path, and made on the document's data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from itdo_platform_gen.checks.reading import at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from itdo_platform_gen.syntax.node import Path


@dataclass(frozen=True, slots=True)
class Assign:
    """The text at a path becomes another one."""

    path: Path
    value: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A key of the mapping at a path becomes another one."""

    path: Path
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Gather:
    """Entries of the mapping at a path move into a new mapping in it, each by a name of its own."""

    path: Path
    names: dict[str, str]
    into: str


@dataclass(frozen=True, slots=True)
class Resolve:
    """The reference at a path becomes one by a resolver, whose params are the entries it had and some more."""

    path: Path
    resolver: str
    given: dict[str, str]
    """Values of params, in place of what the reference has by that key, or added."""


Change: TypeAlias = Assign | Rename | Gather | Resolve

DROPPED = "apiVersion"
"""What a reference by a resolver has no use for."""


def changed(data: object, changes: Iterable[Change]) -> Any:
    """Give a copy of data with the changes made."""
    copy = _unshared(data)
    # Paths are those of the document before: what is deepest goes first, so that they all hold.
    for change in sorted(changes, key=lambda change: len(change.path), reverse=True):
        _make(copy, change)
    return copy


def _make(data: Any, change: Change) -> None:
    if isinstance(change, Assign):
        at(data, *change.path[:-1])[change.path[-1]] = change.value
        return
    holder: dict[str, Any] = at(data, *change.path)
    if isinstance(change, Rename):
        holder[change.name] = holder.pop(change.key)
    elif isinstance(change, Gather):
        holder[change.into] = {name: holder.pop(key) for key, name in change.names.items()}
    else:
        holder.pop(DROPPED, None)
        named = {key: change.given.get(key, value) for key, value in holder.items()} | change.given
        holder.clear()
        holder["resolver"] = change.resolver
        holder["params"] = [{"name": name, "value": value} for name, value in named.items()]


def _unshared(data: Any) -> Any:
    """Copy data so that what aliases repeat stands there as often."""
    if isinstance(data, dict):
        return {key: _unshared(value) for key, value in data.items()}
    return [_unshared(item) for item in data] if isinstance(data, list) else data
