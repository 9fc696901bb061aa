"""Migrations: values by the names that a blueprint's parameters had in earlier versions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.values import Given
from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.syntax.near import suggest
from itdo_platform_gen.syntax.node import Mapping, Scalar, mark_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from itdo_platform_gen.syntax.node import Node


@dataclass(frozen=True, slots=True)
class Migration:
    """What one version of a blueprint changed in its parameters."""

    version: str
    renamed: dict[str, str]
    """New names by old ones."""
    removed: dict[str, str]
    """Why a parameter is gone, by its name."""


def read_migrations(data: dict[str, Any]) -> tuple[Migration, ...]:
    """Take `spec.migrations` of a blueprint.yaml that has the form of one."""
    return tuple(
        Migration(entry["version"], entry.get("renamed", {}), entry.get("removed", {}))
        for entry in data["spec"].get("migrations", ())
    )


def migration_faults(
    migrations: Sequence[Migration], node: Node, version: str, names: Collection[str]
) -> Iterator[Diagnostic]:
    """Give what is wrong with the migrations of a version, `names` being those of its parameters."""
    before: tuple[int, ...] = (-1,)
    for index, migration in enumerate(migrations):
        place = ("spec", "migrations", index)
        reached = _order(migration.version)
        if not before < reached <= _order(version):
            message = f"migrations go up to {version}, which is the blueprint's, got {migration.version}"
            yield mark_at(node, (*place, "version")).diagnose("BLP013", message, hint="write them in order of version")
        before = reached
        later = [other for migration in migrations[index + 1 :] for other in (*migration.renamed, *migration.removed)]
        for old in (*migration.renamed, *migration.removed):
            change = "renamed" if old in migration.renamed else "removed"
            mark = mark_at(node, (*place, change, old), at_key=True)
            if old in names:
                hint = "leave it out of the parameters, or of the migration"
                yield mark.diagnose("BLP013", f'"{old}" is {change} and still a parameter', hint=hint)
            elif not old.isidentifier():
                hint = "use letters, digits and _, as the parameter had"
                yield mark.diagnose("BLP013", f'"{old}" never was the name of a parameter', hint=hint)
        for old, new in migration.renamed.items():
            if new not in names and new not in later:
                mark = mark_at(node, (*place, "renamed", old))
                yield mark.diagnose("BLP013", f'there is no parameter "{new}"', hint=suggest(new, names))


def migrated(given: Given, migrations: Sequence[Migration], warnings: list[Diagnostic]) -> Given:
    """Give values by the names of today; what had another is told by a warning."""
    for migration in migrations:
        for old, new in migration.renamed.items():
            if old in given.data and new not in given.data:
                hint = f'call it "{new}"'
                warnings.append(_told(given, old, f'"{old}" is called "{new}" since {migration.version}', hint))
                given = _with_name(given, old, new)
        for old, reason in migration.removed.items():
            if old in given.data:
                warnings.append(_told(given, old, f'"{old}" is gone since {migration.version}: {reason}', "remove it"))
                given = _with_name(given, old, None)
    return given


def _told(given: Given, name: str, message: str, hint: str) -> Diagnostic:
    mark = given.mark_of((name,), at_key=True)
    path = f"values.{name}"
    if mark is None:
        return Diagnostic("VAL005", message, hint=hint, path=path, effect="advice", severity="warning")
    return mark.diagnose("VAL005", message, hint=hint, path=path, effect="advice", severity="warning")


def _with_name(given: Given, old: str, new: str | None) -> Given:
    """Give the values with another name for one of them, or without it."""
    data = {new if name == old else name: value for name, value in given.data.items() if name != old or new}
    node = given.node
    if isinstance(node, Mapping):
        entries = [
            (Scalar(key.mark, new, key.plain) if key.value == old and new else key, value)
            for key, value in node.entries
            if key.value != old or new
        ]
        node = Mapping(node.mark, entries, node.size, node.height)
    return Given({name: value for name, value in data.items() if name is not None}, node)


def _order(version: str) -> tuple[int, ...]:
    """Give a semantic version's place among others; one before a release counts as the release."""
    return tuple(int(part) for part in re.findall(r"\d+", version.partition("-")[0]))
