"""Output: what a command found, as text for people or JSON for programs."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

from itdo_platform_gen.diagnostics import in_order, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.render.bundle import File

_COLOURS = {
    "error": "31",
    "warning": "33",
    "notice": "36",
    "create": "32",
    "update": "33",
    "orphan": "31",
    "conflict": "31",
}


def write_json(diagnostics: Iterable[Diagnostic], **fields: Any) -> None:
    """Print one object: the findings, their summary, and what else the command found."""
    found = in_order(diagnostics)
    document = {"diagnostics": [d.to_dict() for d in found], "summary": summary(found), **fields}
    print(json.dumps(document, indent=2, ensure_ascii=False))


def write_files(files: Mapping[str, File], diagnostics: Iterable[Diagnostic], form: str) -> None:
    """Print files, each behind a comment with its path, and what was found on the way; or all as one object."""
    if form == "json":
        write_json(diagnostics, files=[{"path": path, "content": file.text} for path, file in files.items()])
        return
    for path, file in files.items():
        print(f"---\n# {path}\n{file.text}", end="")
    write_diagnostics(diagnostics)


def write_diagnostics(diagnostics: Iterable[Diagnostic], stream: TextIO | None = None) -> None:
    """Print findings for people, on standard error unless told otherwise."""
    stream = stream or sys.stderr
    for diagnostic in in_order(diagnostics):
        text = str(diagnostic)
        plain = f"{diagnostic.severity}[{diagnostic.code}]"
        print(text.replace(plain, colour(plain, diagnostic.severity, stream), 1), file=stream)


def colour(text: str, role: str, stream: TextIO) -> str:
    """Colour a word by its role, on a terminal only (https://no-color.org)."""
    if role not in _COLOURS or not stream.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{_COLOURS[role]}m{text}\x1b[0m"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows in columns; the last one is as wide as it needs."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)][:-1]
    lines = []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return "\n".join(lines)


def count(number: int, noun: str) -> str:
    """Write a number with its noun: `1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def indented(text: str) -> str:
    """Indent every line that has something on it."""
    return "\n".join(f"    {line}".rstrip() for line in text.strip("\n").split("\n"))
