"""Bundle: files in memory, by path."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.render.document import Document

REGULAR = 0o644


@dataclass(frozen=True, slots=True)
class File:
    """One file of a bundle: its bytes, its permissions, the documents it holds; or a link."""

    content: bytes
    mode: int = REGULAR
    documents: tuple[Document, ...] = ()
    link: str | None = None
    """What it links to, relative to its folder, where it is a symbolic link."""

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode()

    @property
    def digest(self) -> str:
        """The SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Bundle(Mapping[str, File]):
    """The files one rendering gives: path, relative and with `/`, to file; `diagnostics` holds the warnings."""

    files: Mapping[str, File]
    diagnostics: tuple[Diagnostic, ...] = ()
    turned_off: int = 0
    """How many findings a platform's settings and documents' annotations have turned off."""

    def __getitem__(self, path: str) -> File:
        """Give the file at a path."""
        return self.files[path]

    def __iter__(self) -> Iterator[str]:
        """Give the paths, in the order of rendering."""
        return iter(self.files)

    def __len__(self) -> int:
        """Give the number of files."""
        return len(self.files)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, in order of their files."""
        return tuple(document for file in self.files.values() for document in file.documents)
