"""Texts and marks."""

from __future__ import annotations

import pytest

from itdo_platform_gen.diagnostics import Excerpt
from itdo_platform_gen.syntax.mark import Mark, Text


def test_lines_come_without_their_ends() -> None:
    """A line has no break, whichever it was; past the end there are empty ones."""
    text = Text("t", "a\r\nb\n\nc")
    assert [text.line(number) for number in range(5)] == ["a", "b", "", "c", ""]


@pytest.mark.parametrize(("offset", "place"), [(0, (2, 3)), (2, (2, 5)), (4, (3, 0)), (5, (3, 1)), (7, (4, 0))])
def test_a_part_of_a_mark_has_its_own_line_and_column(offset: int, place: tuple[int, int]) -> None:
    """Columns count on in the first line, and from 0 behind a break."""
    content = "0\n1\n2: |ab\ncd\ne"
    mark = Mark(Text("t", content), 2, 3, content.index("|ab"), len(content))
    part = mark.within(offset, 1)
    assert (part.line, part.column) == place
    assert (part.start, part.end) == (mark.start + offset, mark.start + offset + 1)


@pytest.mark.parametrize(
    ("content", "start", "end", "excerpt"),
    [
        ("a: bcd e", 3, 6, Excerpt("a: bcd e", 3, 3)),
        ("\ta: b", 1, 2, Excerpt(" a: b", 1, 1)),
        ("a: b", 3, 3, Excerpt("a: b", 3, 1)),
        ("a: |\n b\n", 3, 8, Excerpt("a: |", 3, 1)),
        ("a" * 241, 0, 1, None),
        ("", 0, 0, None),
    ],
)
def test_an_excerpt_is_the_line_with_the_marked_part(
    content: str, start: int, end: int, excerpt: Excerpt | None
) -> None:
    """The part ends with its line; a line that is too long is not shown."""
    assert Mark(Text("t", content), 0, start, start, end).excerpt == excerpt


def test_a_diagnostic_reads_as_a_compiler_writes_it() -> None:
    """Place, code, message, the line with carets, and the way out; lines and columns count from 1."""
    text = Text("values.yaml", "a: 1\nb: two\n")
    mark = Mark(text, 1, 3, 8, 11)
    first = Mark(text, 0, 0, 0, 1).related("first one at")
    found = mark.diagnose("X001", "not a number", hint="write 2", path="b", related=(first,))
    assert str(found) == (
        "values.yaml:2:4: error[X001] b\n"
        "  not a number\n"
        "  2 | b: two\n"
        "    |    ^^^ first one at values.yaml:1:1\n"
        "  hint: write 2"
    )
