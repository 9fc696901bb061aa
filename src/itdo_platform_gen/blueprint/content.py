"""Content: a tree of files that becomes a repository; those that end with .jinja are text templates.

Names of files and folders may have holes too; where one comes out empty, what it names is left out.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from itdo_platform_gen.blueprint.paths import path_fault
from itdo_platform_gen.blueprint.portable import Portability
from itdo_platform_gen.blueprint.portable_text import portability, written_faults
from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.jinja import ContentError, compile_content, parse_content
from itdo_platform_gen.syntax.mark import Mark, Text
from itdo_platform_gen.syntax.source import LARGEST_FILE, decode_text, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from itdo_platform_gen.blueprint.scope import Shape

    Render: TypeAlias = Callable[[Mapping[str, object]], str]

SUFFIX = ".jinja"
REGULAR, EXECUTABLE = 0o644, 0o755
_HINT = "the portable form means the same to Copier and to Backstage"


@dataclass(frozen=True, slots=True)
class ContentText:
    """A piece of text that may have holes: a file's content, or a part of its path."""

    text: Text
    render: Render | None
    """Give what it comes to for names; raises ContentError. None where there is nothing to render."""


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One file of the tree: the parts of its path, and its text, its bytes or what it links to."""

    path: tuple[ContentText, ...]
    body: ContentText | bytes
    mode: int = REGULAR
    link: str | None = None


@dataclass(slots=True)
class ContentReader:
    """Reads a tree and checks it before any value exists; `used` gathers the values that its templates read."""

    folder: Path
    names: Mapping[str, Shape]
    problems: list[Diagnostic]
    used: set[str]
    parts: dict[str, ContentText] = field(default_factory=dict)
    """Names of files and folders that were looked through; many files share one."""

    def read(self) -> Iterator[ContentFile]:
        """Give the files in the order of their paths."""
        for place, folders, files in os.walk(self.folder):
            # pip compiles what it installs, and so the Python files of a tree too.
            folders[:] = sorted(folder for folder in folders if folder != "__pycache__")
            here = Path(place)
            links = [name for name in folders if here.joinpath(name).is_symlink()]
            for name in sorted({*files, *links}):
                found = self._file(here / name)
                if found is not None:
                    yield found
            if not files and not folders and here != self.folder:
                self._refuse(here, "an empty folder is left out by git", "put a .gitkeep into it")

    def _file(self, file: Path) -> ContentFile | None:
        parts = file.relative_to(self.folder).parts
        for part in parts[:-1]:
            if part.endswith(SUFFIX):
                self._refuse(file, f'a folder named "{part}" is a template to Backstage', f"leave out {SUFFIX}")
                return None
        is_template = parts[-1].endswith(SUFFIX)
        written = (*parts[:-1], parts[-1].removesuffix(SUFFIX) if is_template else parts[-1])
        path = [self.parts.get(part) or self._part(part, file) for part in written]
        if file.is_symlink():
            return self._link(file, tuple(path))
        try:
            status = file.stat()
            content = file.read_bytes() if status.st_size <= LARGEST_FILE else None
        except OSError as error:
            self._refuse(file, f"cannot be read: {error.strerror}", None)
            return None
        if content is None:
            self._refuse(file, f"larger than {LARGEST_FILE // 2**20} MiB", None)
            return None
        mode = EXECUTABLE if status.st_mode & stat.S_IXUSR else REGULAR
        if not is_template:
            return ContentFile(tuple(path), content, mode)
        body = self._body(content, shown(file))
        return ContentFile(tuple(path), body, mode) if body is not None else None

    def _link(self, file: Path, path: tuple[ContentText, ...]) -> ContentFile | None:
        target = str(file.readlink())
        # As it is written: what it leads to through other links is looked at where it is used.
        inside = os.path.normpath(file.parent / target)
        if target.startswith("/") or not f"{inside}/".startswith(f"{os.path.normpath(self.folder)}/"):
            self._refuse(file, f'the link to "{target}" leaves the tree', "link to a file of the tree, relatively")
            return None
        return ContentFile(path, b"", link=target)

    def _part(self, part: str, file: Path) -> ContentText:
        text = Text(shown(file), part)
        has_holes = "${{" in part or "{%" in part or "{#" in part
        fault = None if has_holes else path_fault(part)
        if fault is not None:
            self._refuse(file, *fault)
        self.parts[part] = self._compiled(text) if has_holes else ContentText(text, None)
        return self.parts[part]

    def _body(self, content: bytes, name: str) -> ContentText | None:
        try:
            text = decode_text(content, name)
        except DiagnosticsError as error:
            self.problems += error.diagnostics
            return None
        if "\r" in text.content:
            line = text.content.count("\n", 0, text.content.index("\r"))
            self._told(
                text, line + 1, "a line ends with CRLF, which each engine leaves in another way", "save it with LF"
            )
        return self._compiled(text)

    def _compiled(self, text: Text) -> ContentText:
        try:
            tree = parse_content(text.content)
        except ContentError as error:
            self._told(text, error.line, error.message, None, "CNT001")
            return ContentText(text, None)
        looked = Portability(dict(self.names), used=self.used)
        for fault in sorted({*written_faults(text.content), *looked.faults(tree)}, key=str):
            mark = line_mark(text, fault.line)
            self.problems.append(portability(mark, fault))
        return ContentText(text, compile_content(tree))

    def _told(self, text: Text, line: int, message: str, hint: str | None, code: str = "CNT002") -> None:
        self.problems.append(line_mark(text, line).diagnose(code, message, hint=hint))

    def _refuse(self, file: Path, message: str, hint: str | None) -> None:
        self.problems.append(Diagnostic("CNT003", message, shown(file), hint=hint))


def line_mark(text: Text, number: int) -> Mark:
    """Give the mark of what stands on a line, from 1."""
    line = text.line(number - 1)
    start = sum(len(text.line(before)) + 1 for before in range(number - 1))
    column = len(line) - len(line.lstrip())
    return Mark(text, number - 1, column, start + column, start + max(len(line.rstrip()), column + 1))
