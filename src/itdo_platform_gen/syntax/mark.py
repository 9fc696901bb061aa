"""Text and marks: where in which file something stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from itdo_platform_gen.diagnostics import Diagnostic, Excerpt, Related

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Effect, Severity

_LONGEST_EXCERPT = 240


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A text and the name it is reported under: a path, `<stdin>` or the like."""

    name: str
    content: str = field(default="", repr=False)
    _lines: list[str] = field(default_factory=list, repr=False)

    def line(self, number: int) -> str:
        """Give the line of that number, from 0, without its end; empty past the end."""
        if not self._lines:
            self._lines.extend(self.content.split("\n"))
        return self._lines[number].rstrip("\r") if number < len(self._lines) else ""


@dataclass(slots=True, eq=False)
class Mark:
    """A span of a text, not to be changed. Lines, columns and offsets count from 0; the end is exclusive.

    It is not frozen, nor are nodes: every node has one, and a frozen one costs a third of all parsing.
    """

    text: Text
    line: int
    column: int
    start: int
    end: int

    def within(self, offset: int, length: int) -> Mark:
        """Give the mark of a part, `offset` characters behind the start of this one."""
        start = self.start + offset
        before = self.text.content[self.start : start]
        breaks = before.count("\n")
        column = len(before) - before.rfind("\n") - 1 if breaks else self.column + offset
        return Mark(self.text, self.line + breaks, column, start, start + length)

    @property
    def written(self) -> str:
        """The marked text."""
        return self.text.content[self.start : self.end]

    @property
    def excerpt(self) -> Excerpt | None:
        """The marked line, unless there is none or it is too long to help."""
        line = self.text.line(self.line)
        if not line or len(line) > _LONGEST_EXCERPT:
            return None
        span = self.text.content[self.start : self.end].split("\n", 1)[0].rstrip()
        # Tabs keep their width under the carets only when they are written as one space.
        return Excerpt(line.replace("\t", " "), self.column, max(1, len(span)))

    def related(self, message: str) -> Related:
        """Give this place as a second one of a diagnostic."""
        return Related(self.text.name, self.line + 1, self.column + 1, message)

    def diagnose(  # noqa: PLR0913  a diagnostic has that many sides
        self,
        code: str,
        message: str,
        *,
        hint: str | None = None,
        effect: Effect = "refused",
        severity: Severity = "error",
        resource: str | None = None,
        path: str | None = None,
        related: tuple[Related, ...] = (),
    ) -> Diagnostic:
        """Make a diagnostic about this place."""
        return Diagnostic(
            code=code,
            message=message,
            file=self.text.name,
            line=self.line + 1,
            column=self.column + 1,
            effect=effect,
            severity=severity,
            hint=hint,
            resource=resource,
            path=path,
            related=related,
            excerpt=self.excerpt,
        )
