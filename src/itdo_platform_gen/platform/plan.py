"""Plan: what rendering would change on disk. Pure: the tree comes in as a description of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from itdo_platform_gen.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from itdo_platform_gen.platform.lock import Lock
    from itdo_platform_gen.render.bundle import File

Action: TypeAlias = Literal["create", "update", "unchanged", "conflict", "orphan"]


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A regular file as it stands; `obstacle` says what stands there or on the way instead, such as a link."""

    content: bytes = b""
    mode: int = 0o644
    obstacle: str | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one path: the file to write, if any, the file that stands there, if any, and why."""

    path: str
    action: Action
    file: File | None = None
    before: OnDisk | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One change for every path that is rendered or was, in order of path, and the lock that goes with them."""

    changes: tuple[Change, ...]
    lock: Lock

    def __iter__(self) -> Iterator[Change]:
        """Give the changes."""
        return iter(self.changes)

    @property
    def is_clean(self) -> bool:
        """Whether the tree is just what rendering gives."""
        return all(change.action == "unchanged" for change in self.changes)

    def conflicts(self, root: str) -> list[Diagnostic]:
        """Give a diagnostic for each path that cannot be written, below the folder named."""
        found = []
        for change in self.changes:
            if change.action == "conflict":
                code = "FILE006" if change.before is None or change.before.obstacle is None else "FILE007"
                hint = "move it away, or render to another folder"
                found.append(Diagnostic(code, change.reason, _below(root, change.path), hint=hint))
        return found


def _below(root: str, path: str) -> str:
    return path if root in {"", "."} else f"{root}/{path}"


def make_plan(files: Mapping[str, File], tree: Mapping[str, OnDisk], old: Lock, new: Lock) -> Plan:
    """Compare what is rendered with what stands on disk; `tree` has an entry for each path where something stands."""
    changes = [_change(path, file, tree.get(path), old) for path, file in files.items()]
    for path in old.files.keys() - files.keys():
        before = tree.get(path)
        if before is not None:
            changes.append(_orphan(path, before, old))
    return Plan(tuple(sorted(changes, key=lambda change: change.path)), new)


def _change(path: str, file: File, before: OnDisk | None, old: Lock) -> Change:
    if before is None:
        return Change(path, "create", file)
    if before.obstacle is not None:
        return Change(path, "conflict", file, before, before.obstacle)
    if before.content == file.content and before.mode == file.mode:
        return Change(path, "unchanged", file, before)
    made = old.files.get(path)
    if made is None:
        return Change(path, "conflict", file, before, "a file stands here that platform-gen did not make")
    edited = made.digest != before.digest
    return Change(path, "update", file, before, "edited by hand since" if edited else "")


def _orphan(path: str, before: OnDisk, old: Lock) -> Change:
    if before.obstacle is not None:
        return Change(path, "conflict", None, before, f"no longer rendered, and {before.obstacle}")
    if before.digest != old.files[path].digest:
        return Change(path, "conflict", None, before, "no longer rendered, and edited by hand since it was")
    return Change(path, "orphan", None, before, "no longer rendered")
