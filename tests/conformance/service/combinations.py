"""Combinations: what a service can be asked for, rendered; and the four of them that are run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import cycle, product
from typing import TYPE_CHECKING, Any

import yaml

from conformance.repositories import ROOT, blueprint_in
from conformance.service.interpreters import MINORS, at_hand
from itdo_platform_gen.blueprint.values import taken
from itdo_platform_gen.render.render import render_files
from itdo_platform_gen.testing import cases

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BLUEPRINT = ROOT / "blueprints/fastapi-service"
ORDERS = {
    "name": "orders-api",
    "description": "Takes orders and tells where they are.",
    "owner": "group:default/orders",
    "repo_name": "orders-api",
}
RUN = {"none": "minimal", "database": "awkward", "cache": "yaml-words", "both": "gitlab"}
"""Cases that are run: one for each combination, of which three have names and texts that are hard to write down."""

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Combination:
    """Values as they are given and all that follow from them, and the files that are rendered."""

    name: str
    given: dict[str, Any]
    values: dict[str, Any]
    files: Files

    @property
    def database(self) -> bool:
        """Tell whether it keeps its notes in PostgreSQL."""
        return bool(self.values["database_required"])

    @property
    def cache(self) -> bool:
        """Tell whether it has a cache."""
        return bool(self.values["cache_required"])

    def folder(self, *within: str) -> Files:
        """Give the files below some folders, or of some names."""
        found = {path: content for path, content in self.files.items() for place in within if _is_in(path, place)}
        assert found, f"{self.name} has no {within}"
        return found

    def write(self, to: Path) -> Path:
        """Write the files into a folder, which then is a repository."""
        for path, content in self.files.items():
            file = to / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return to


@cache
def combinations() -> tuple[Combination, ...]:
    """Render every combination of database, cache, Python and forge, and every case of the blueprint."""
    everything = product((False, True), (False, True), MINORS, ("github", "gitlab"))
    chosen = [
        {"database_required": database, "cache_required": cache, "python_version": minor, "ci_provider": forge}
        for database, cache, minor, forge in everything
    ]
    given = {_name(values): ORDERS | values for values in chosen}
    given |= {name: yaml.safe_load(case.read_text("utf-8")) for name, case in cases(BLUEPRINT).items()}
    return tuple(rendered(name, values) for name, values in given.items())


@cache
def to_run() -> dict[str, Combination]:
    """Render what is run, spread over the versions of Python at hand."""
    minors = cycle(at_hand())
    found = {}
    for name, case in RUN.items():
        given = yaml.safe_load(cases(BLUEPRINT)[case].read_text("utf-8"))
        found[name] = rendered(name, given | {"python_version": next(minors)})
    return found


def rendered(name: str, given: dict[str, Any]) -> Combination:
    """Render the repository of some values."""
    blueprint = blueprint_in(BLUEPRINT)
    values = blueprint.values((taken(given),))
    files = {path: file.content for path, file in render_files(blueprint, values).items()}
    return Combination(name, given, values.data, files)


def distinct(*within: str, of: Iterable[Combination]) -> dict[str, Files]:
    """Give what combinations have in some folders, once however many have the same, by the name of one of them."""
    found: dict[tuple[tuple[str, bytes], ...], str] = {}
    for combination in of:
        found.setdefault(tuple(combination.folder(*within).items()), combination.name)
    return {name: dict(files) for files, name in found.items()}


def each_file() -> list[tuple[str, bytes]]:
    """Give every file of every combination, with its path, each only once."""
    return [*dict.fromkeys(file for combination in combinations() for file in combination.files.items())]


def _is_in(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")


def _name(values: dict[str, Any]) -> str:
    parts = [values["ci_provider"], values["python_version"]]
    return "-".join(parts + [part for part in ("database", "cache") if values[f"{part}_required"]])
