"""Diagnostics: what is wrong, where, why, and the way out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Effect = Literal["refused", "fails", "advice"]
Severity = Literal["error", "warning", "notice"]

# What a file may not do to the terminal that shows a line of it: control characters, and those that turn text around.
_LONGEST_NAME = 400
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The line a diagnostic speaks of: `text` without its end, `start` and `width` in characters from 0."""

    text: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a diagnostic speaks of, such as the value that a template's hole took in."""

    file: str
    line: int | None
    column: int | None
    message: str

    def __str__(self) -> str:
        """Give the place and what is there, on one line."""
        return f"{self.message} {place(self.file, self.line, self.column)}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: lines and columns count from 1; `path` is the place inside the document, `spec.hard.pods`."""

    code: str
    message: str
    file: str = ""
    line: int | None = None
    column: int | None = None
    effect: Effect = "refused"
    severity: Severity = "error"
    hint: str | None = None
    resource: str | None = None
    path: str | None = None
    related: tuple[Related, ...] = ()
    excerpt: Excerpt | None = None

    @property
    def is_error(self) -> bool:
        """Whether this finding stops a render and makes a command exit with 1."""
        return self.severity == "error"

    def to_dict(self) -> dict[str, object]:
        """Give the finding as plain data, the form of `--format json`."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "code": self.code,
            "effect": self.effect,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
            "resource": self.resource,
            "path": self.path,
            "related": [
                {"file": r.file, "line": r.line, "column": r.column, "message": r.message} for r in self.related
            ],
        }

    def __str__(self) -> str:
        """Give the finding as a person reads it, over several lines."""
        subject = " ".join(_cut(part) for part in (self.resource, self.path) if part)
        where = f"{place(self.file, self.line, self.column)}: " if self.file else ""
        head = f"{where}{self.severity}[{self.code}]"
        lines = [f"{head} {subject}", f"  {self.message}"] if subject else [f"{head} {self.message}"]
        lines += self._excerpt_lines()
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(map(printable, lines))

    def _excerpt_lines(self) -> list[str]:
        if self.excerpt is None:
            return [f"  {related}" for related in self.related]
        number = str(self.line)
        gutter = " " * len(number)
        text, start, end = self.excerpt.text, self.excerpt.start, self.excerpt.start + self.excerpt.width
        indent = " " * _columns(text[:start])
        carets = indent + "^" * max(1, _columns(text[start:end]))
        first, *rest = [str(related) for related in self.related] or [""]
        return [
            f"  {number} | {text}".rstrip(),
            f"  {gutter} | {carets} {first}".rstrip(),
            *(f"  {gutter} | {indent}{other}" for other in rest),
        ]


def _cut(name: str) -> str:
    """Give a name that is longer than any good one by its beginning."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def printable(line: str) -> str:
    """Give a line with what it may not do to a terminal taken out."""
    return _UNSAFE.sub("�", line)


def _columns(text: str) -> int:
    """Count the columns that a terminal shows a text in: Chinese and Japanese characters take two."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # noqa: PLC0415  most texts need no tables

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def place(file: str, line: int | None, column: int | None) -> str:
    """Give `file:line:column`, without what is not known."""
    return ":".join(str(part) for part in (file, line, column) if part is not None)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Give each finding once, sorted by place, so that a report reads from top to bottom."""
    return sorted(
        dict.fromkeys(diagnostics),
        key=lambda d: (d.file, d.line or 0, d.column or 0, _SEVERITIES.index(d.severity), d.code, d.message),
    )


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any finding is an error."""
    return any(diagnostic.is_error for diagnostic in diagnostics)


def summary(diagnostics: Sequence[Diagnostic]) -> dict[str, int]:
    """Count the findings of each severity, under `errors`, `warnings` and `notices`."""
    return {f"{severity}s": sum(d.severity == severity for d in diagnostics) for severity in _SEVERITIES}
