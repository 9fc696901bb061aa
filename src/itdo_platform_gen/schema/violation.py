"""Violations: what in a piece of data breaks its schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = Any  # data such as JSON holds, or is to hold
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Violation:
    """One fault: where it stands, what was expected and found, and a way out where one is near.

    `path` leads to the faulty value. For a key that is not known it ends with that key, and `at_key` says that the
    key is at fault; for a key that is missing it leads to the mapping that lacks it. `code` is that of the part of the
    schema it breaks, where that has one.
    """

    path: Path
    message: str
    hint: str | None = None
    at_key: bool = False
    code: str | None = None
    keyword: str = field(default="", compare=False)
    """The keyword of JSON Schema that it breaks: `required`."""

    def hint_where(self, written: str) -> str | None:
        """Give the hint for a value that stands in a file as `written`, which may read as another one: `3.10`, `no`."""
        if self.hint is None or not self.hint.startswith(QUOTE):
            return self.hint
        if "${{" in written:
            return "make it text: ${{ … | string }}"
        return f'{QUOTE}"{written}"'


QUOTE = "quote it: "
"""How a hint starts that asks for a string where something else was found."""


def by_path(violation: Violation) -> tuple[tuple[bool, int, str], ...]:
    """Give the sort key that puts violations in the order of their paths, items by number."""
    return tuple((True, 0, step) if isinstance(step, str) else (False, step, "") for step in violation.path)
