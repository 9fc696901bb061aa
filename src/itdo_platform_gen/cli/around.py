"""Around: the files on disk beside those that are validated, read when a rule asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.source import read_text

_SKIPPED = frozenset({".git", "__pycache__", "node_modules"})
_MOST_FILES = 10_000


@dataclass(frozen=True, slots=True)
class FilesAround:
    """The files on disk, by paths that are absolute or start from the working folder."""

    def has(self, path: str) -> bool:
        """Tell whether there is such a file or folder."""
        try:
            return Path(path).exists()
        except (OSError, ValueError):  # such as a name that is too long
            return False

    def below(self, folder: str) -> list[str]:
        """Give the paths of the files in a folder and those below it, sorted."""
        found: list[str] = []
        ahead = [Path(folder)]
        while ahead and len(found) < _MOST_FILES:
            try:
                entries = sorted(ahead.pop().iterdir())
            except (OSError, ValueError):
                continue
            ahead += [entry for entry in entries if _is_folder(entry)]
            found += [entry.as_posix() for entry in entries if entry.is_file()]
        return sorted(found)

    def text(self, path: str) -> str | None:
        """Give the text of a file; None where there is none, or it is no text."""
        try:
            return read_text(Path(path)).content
        except DiagnosticsError:
            return None


def _is_folder(entry: Path) -> bool:
    return entry.is_dir() and not entry.is_symlink() and entry.name not in _SKIPPED
