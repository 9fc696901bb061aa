"""Git: what it knows of the places that a repository is made from and in. The one door to the program."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# An address of another machine, or of a protocol that says where it leads.
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*://|[^/:\s]+:(?!\\)")
_PLACE = (
    ("ls-files", "--error-unmatch", "blueprint.yaml"),
    ("rev-parse", "--show-toplevel"),
    ("describe", "--tags", "--always"),
    ("remote", "get-url", "origin"),
)
_UNWRITABLE = re.compile(r'[\s"\\]')


@dataclass(frozen=True, slots=True)
class Published:
    """Where others find a folder: the address of its git repository, and the version that is checked out."""

    source: str
    version: str


def published(folder: Path) -> Published | None:
    """Tell where others find a blueprint, None where git does not keep it or nobody can be told the address.

    The version is what Copier writes too: `git describe --tags --always`.
    """
    kept, top, version, remote = _all_said(folder, *_PLACE)
    if kept is None or not top or not version:
        return None
    remote = remote or ""
    source = remote if _REMOTE.match(remote) and not remote.startswith("file:") else top
    return None if _UNWRITABLE.search(source) else Published(_without_secrets(source), version)


def changed_around(place: Path) -> Path | None:
    """Give the repository that a place lies in, where it has changes that are not committed."""
    around = next((folder for folder in place.absolute().parents if (folder / ".git").exists()), None)
    return around if around is not None and _said(around, "status", "--porcelain") else None


def changed_in(folder: Path) -> tuple[str, ...]:
    """Give the files of a repository that differ from what is committed, or are new."""
    said = _said(folder, "status", "--porcelain", "--untracked-files=all", "--no-renames", "-z") or ""
    return tuple(sorted(line[3:] for line in said.split("\0") if line))


def unmerged_in(folder: Path) -> tuple[str, ...]:
    """Give the files of a repository in which a merge left two sides."""
    said = _said(folder, "diff", "--name-only", "--diff-filter=U", "-z") or ""
    return tuple(line for line in said.split("\0") if line)


def _without_secrets(address: str) -> str:
    """Leave out what comes before the host of a web address: it may be a token."""
    return re.sub(r"^(https?://)[^/@]*@", r"\1", address)


def _said(folder: Path, *words: str) -> str | None:
    """Give what git prints, None where it fails or is not installed."""
    return _all_said(folder, words)[0]


def _all_said(folder: Path, *commands: tuple[str, ...]) -> list[str | None]:
    """Give what git prints for each of several commands, which run at the same time."""
    git = shutil.which("git")
    if git is None:
        return [None] * len(commands)
    # A file system monitor is a program that a repository may name, and git would start.
    start = [git, "-c", "core.fsmonitor=false", "-C", str(folder)]
    started = [
        subprocess.Popen(  # noqa: S603  git from the path, and words of ours
            [*start, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        for words in commands
    ]
    said = [process.communicate()[0].rstrip("\n") for process in started]
    return [None if process.returncode else text for process, text in zip(started, said, strict=True)]
