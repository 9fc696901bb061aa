"""Rendered: everything that a platform renders, and which files stand in each other's way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from itdo_platform_gen.platform.lock import Lock, Made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.platform.lock import Provenance
    from itdo_platform_gen.render.bundle import File


@dataclass(slots=True)
class Rendered:
    """Everything a platform renders: files by path relative to its root, where they come from, and warnings."""

    files: dict[str, File] = field(default_factory=dict)
    renderings: dict[str, Provenance] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    entities: dict[str, File] = field(default_factory=dict)
    """What stands in Backstage's catalog for what is made, whether it is among the files or not."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    turned_off: int = 0
    """How many findings settings and annotations have turned off."""

    def add(self, path: str, file: File, rendering: str, lock: str) -> str | None:
        """Add a file of a rendering; tell why its path cannot be that of one more file, if that is so."""
        fault = self._fault(path, lock)
        if fault is None:
            self.files[path] = file
            self.folders.update(_parents(path))
            self.made[path] = Made(file.digest, file.mode, rendering)
        return fault

    def _fault(self, path: str, lock: str) -> str | None:
        if path == lock:
            return f'"{path}" is the place of the lock'
        if path in self.files:
            return f'two renderings make "{path}"'
        if path in self.folders:
            return f'"{path}" is the folder of another rendering\'s files'
        if not self.files.keys().isdisjoint(_parents(path)):
            return f'a folder on the way to "{path}" is another rendering\'s file'
        return None

    @property
    def lock(self) -> Lock:
        """The lock that goes with the files."""
        return Lock(self.renderings, self.made)


def _parents(path: str) -> Iterator[str]:
    """Give the folders on the way to a path."""
    while path := path.rpartition("/")[0]:
        yield path
