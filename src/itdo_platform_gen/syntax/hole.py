"""Holes: the `${{ … }}` in a text, found without being fooled by quotes and braces inside."""

from __future__ import annotations

import re
from dataclasses import dataclass

OPENER = "${{"
_INSIDE = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\}\}|[{}]""", re.DOTALL)


class UnclosedHoleError(ValueError):
    """A `${{` without its `}}`; `start` is its offset in the text."""

    def __init__(self, start: int) -> None:
        """Take the offset of the opener."""
        super().__init__("a hole is not closed")
        self.start = start


@dataclass(frozen=True, slots=True)
class Hole:
    """One hole: the span of the whole, from the `$` to behind the last `}`, and the source inside."""

    start: int
    end: int
    source: str


def split_holes(text: str) -> list[str | Hole]:
    """Split a text into what stands literally and its holes, in order.

    Raises UnclosedHoleError.
    """
    parts: list[str | Hole] = []
    position = 0
    while (start := text.find(OPENER, position)) >= 0:
        end = _end(text, start)
        if start > position:
            parts.append(text[position:start])
        parts.append(Hole(start, end, text[start + len(OPENER) : end - 2].strip()))
        position = end
    if position < len(text):
        parts.append(text[position:])
    return parts


def _end(text: str, start: int) -> int:
    depth = 0
    position = start + len(OPENER)
    while token := _INSIDE.search(text, position):
        position = token.end()
        if token[0] == "{":
            depth += 1
        elif token[0][0] != "}":
            continue
        elif not depth:
            if token[0] == "}}":
                return position
        else:
            # Of two closing braces inside a mapping, only the first is used up by it.
            depth -= 1
            position = token.start() + 1
    raise UnclosedHoleError(start)
