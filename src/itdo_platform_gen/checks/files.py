"""Files: those that lie around documents, for what documents say of them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from itdo_platform_gen.render.document import Document


class Files(Protocol):
    """A tree of files by paths as documents have them: read by who makes a world, asked by rules."""

    def has(self, path: str) -> bool:
        """Tell whether there is such a file or folder."""
        ...

    def below(self, folder: str) -> list[str]:
        """Give the paths of the files in a folder and those below it, sorted."""
        ...

    def text(self, path: str) -> str | None:
        """Give the text of a file; None where there is none, or it is no text."""
        ...


@dataclass(frozen=True, slots=True)
class GivenFiles:
    """Files that are a mapping of paths to texts."""

    texts: Mapping[str, str]

    def has(self, path: str) -> bool:
        """Tell whether there is such a file or folder."""
        return path in self.texts or any(other.startswith(f"{path}/") for other in self.texts)

    def below(self, folder: str) -> list[str]:
        """Give the paths of the files in a folder and those below it, sorted."""
        return sorted(path for path in self.texts if path.startswith(f"{folder}/") or folder == ".")

    def text(self, path: str) -> str | None:
        """Give the text of a file."""
        return self.texts.get(path)


def folder_of(document: Document) -> str:
    """Give the folder that a document's file is in."""
    return posixpath.dirname(document.file.replace("\\", "/"))


def beside(document: Document, target: str) -> str:
    """Give the path of what a document names relative to itself."""
    return posixpath.normpath(posixpath.join(folder_of(document), target))


def leads_out(target: str) -> bool:
    """Tell whether a relative path leads above the folder it starts from."""
    return posixpath.normpath(target).split("/")[0] == ".."
