"""Workspace: the folder that is rendered to. What writes besides: `repository` a new tree, `rewrite` one file.

Nothing outside the folder is read or written: paths are relative and clean (`blueprint.paths`), and a link on the way
is an obstacle. A change is all or nothing: every file is first written beside its place and flushed to disk, and only
when all are there do they take their places; when that fails, those that took theirs give it back.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.plan import OnDisk, Plan
from itdo_platform_gen.syntax.source import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TEMPORARY = ".platform-gen-{}.tmp"
_EXECUTABLE = 0o111
_LARGEST = 2**26
"""Bytes of a file that is compared; a larger one that stands in the way is none of ours."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder that may not exist yet."""

    root: Path

    def read(self, paths: Iterable[str]) -> dict[str, OnDisk]:
        """Give what stands at each path; one where nothing stands is left out.

        Raises DiagnosticsError where something cannot be read.
        """
        found = {}
        folders: dict[str, str | None] = {}
        for path in paths:
            there = self._read(path, folders)
            if there is not None:
                found[path] = there
        return found

    def _read(self, path: str, folders: dict[str, str | None]) -> OnDisk | None:
        blocked = self._folder(path.rpartition("/")[0], folders)
        if blocked is not None:
            return OnDisk(obstacle=blocked) if blocked else None
        file = self.root / path
        try:
            status = file.lstat()
            if not stat.S_ISREG(status.st_mode):
                return OnDisk(obstacle=f"{_kind(status.st_mode)} stands here")
            if status.st_size > _LARGEST:
                return OnDisk(obstacle=f"a file of {status.st_size:,} bytes stands here")
            return OnDisk(file.read_bytes(), 0o755 if status.st_mode & stat.S_IXUSR else 0o644)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DiagnosticsError([_cannot_read(file, error)]) from None

    def _folder(self, folder: str, known: dict[str, str | None]) -> str | None:
        """Tell what blocks the way to a folder: None for nothing, "" where it does not exist."""
        if not folder:
            return None
        if folder not in known:
            blocked = self._folder(folder.rpartition("/")[0], known)
            if blocked is None:
                try:
                    mode = (self.root / folder).lstat().st_mode
                    blocked = None if stat.S_ISDIR(mode) else f"{_kind(mode)} stands at {folder}"
                except FileNotFoundError:
                    blocked = ""
                except OSError as error:
                    raise DiagnosticsError([_cannot_read(self.root / folder, error)]) from None
            known[folder] = blocked
        return known[folder]

    def apply(self, plan: Plan, lock: str) -> None:
        """Carry out a plan and write its lock, at `lock` in the folder: all of it, or nothing.

        Raises DiagnosticsError where the plan has conflicts or something cannot be written; the tree is then as it was.
        """
        conflicts = plan.conflicts(shown(self.root))
        if conflicts:
            raise DiagnosticsError(conflicts)
        writes = {c.path: (c.file.content, c.file.mode) for c in plan if c.file and c.action in {"create", "update"}}
        removed = [change.path for change in plan if change.action == "orphan"]
        content = plan.lock.to_bytes()
        if self.read([lock]).get(lock, OnDisk()).content != content:
            writes[lock] = (content, 0o644)
        if writes or removed:
            self._carry_out(writes, removed)

    def _carry_out(self, writes: dict[str, tuple[bytes, int]], removed: list[str]) -> None:
        change = _Change(self.root)
        place = self.root
        try:
            for number, (path, (content, mode)) in enumerate(writes.items()):
                place = self.root / path
                change.stage(path, content, mode, number)
            for path in writes:
                place = self.root / path
                change.put(path)
            for path in removed:
                place = self.root / path
                change.remove(path)
        except OSError as error:
            change.undo()
            raise DiagnosticsError([_cannot_write(place, error)]) from None
        except BaseException:  # an interrupt too leaves the tree as it was
            change.undo()
            raise
        try:
            change.finish()
        except BaseException:  # too late to go back
            change.finish()
            raise


@dataclass(slots=True)
class _Change:
    """A change of the tree under way. Each step is noted before it is done, as an interrupt may come in between."""

    root: Path
    staged: dict[str, Path] = field(default_factory=dict)
    kept: dict[str, Path] = field(default_factory=dict)
    placed: list[str] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)

    def stage(self, path: str, content: bytes, mode: int, number: int) -> None:
        """Write a file beside its place."""
        place = self.root / path
        self._make(place.parent)
        temporary = place.parent / _TEMPORARY.format(number)
        with suppress(FileNotFoundError):
            temporary.unlink()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        self.staged[path] = temporary
        descriptor = os.open(temporary, flags, 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if mode & _EXECUTABLE:
                os.fchmod(file.fileno(), os.fstat(file.fileno()).st_mode | _EXECUTABLE)
            os.fsync(file.fileno())

    def put(self, path: str) -> None:
        """Let a staged file take its place."""
        self._keep(path)
        self.placed.append(path)
        self.staged[path].replace(self.root / path)
        del self.staged[path]

    def remove(self, path: str) -> None:
        """Take a file away."""
        self._keep(path)
        (self.root / path).unlink(missing_ok=True)  # it was moved where there are no hard links

    def _keep(self, path: str) -> None:
        """Hold on to the file that stands at a path, until the change is finished."""
        place = self.root / path
        kept = place.parent / _TEMPORARY.format(f"kept-{len(self.kept)}")
        with suppress(FileNotFoundError):
            kept.unlink()
        if place.exists():
            self.kept[path] = kept
            try:
                os.link(place, kept, follow_symlinks=False)
            except OSError:  # a file system without hard links
                place.rename(kept)

    def _make(self, folder: Path) -> None:
        missing = []
        while not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        for new in reversed(missing):
            self.made.append(new)
            new.mkdir()

    def undo(self) -> None:
        """Put everything back as it was."""
        for path in self.placed:
            if path not in self.kept:
                with suppress(OSError):
                    (self.root / path).unlink()
        for path, kept in self.kept.items():
            with suppress(OSError):
                kept.replace(self.root / path)
                kept.unlink(missing_ok=True)  # two links to one file are not made one by a rename
        for temporary in self.staged.values():
            with suppress(OSError):
                temporary.unlink()
        for folder in reversed(self.made):
            with suppress(OSError):
                folder.rmdir()

    def finish(self) -> None:
        """Let go of what was kept here or by a run that was killed, flush the folders, and drop those left empty."""
        folders = {(self.root / path).parent for path in (*self.placed, *self.kept)}
        for folder in folders:
            for temporary in folder.glob(_TEMPORARY.format("*")):
                with suppress(OSError):
                    temporary.unlink()
        for folder in sorted(folders, reverse=True):
            _flush(folder)
            with suppress(OSError):  # upwards until one is not empty, or gone already
                while folder != self.root:
                    folder.rmdir()
                    folder = folder.parent  # noqa: PLW2901


def _flush(folder: Path) -> None:
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _kind(mode: int) -> str:
    kinds = {stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder", stat.S_IFREG: "a file"}
    return kinds.get(stat.S_IFMT(mode), "something that is no file")


def _cannot_read(place: Path, error: OSError) -> Diagnostic:
    return Diagnostic("FILE003", f"cannot be read: {error.strerror or error}", shown(place))


def _cannot_write(place: Path, error: OSError) -> Diagnostic:
    message = f"cannot be written: {error.strerror or error}"
    return Diagnostic("FILE008", message, shown(place), hint="nothing was changed")
