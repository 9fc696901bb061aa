"""Layout: where the entries of a mapping begin and end in a text, with the comments and aliases that nodes lack."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from itdo_platform_gen.syntax.node import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from itdo_platform_gen.syntax.mark import Mark
    from itdo_platform_gen.syntax.node import Node

Span: TypeAlias = tuple[int, int]

_COLON = re.compile(r"[ \t]*:[ \t\r\n]*")
_ALIAS = re.compile(r"\*[^\s,\[\]{}]+")
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")


class CannotEditError(Exception):
    """A place that cannot be changed without changing more than it should."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark


@dataclass(slots=True)
class Entry:
    """One entry of a mapping, as it is written."""

    text: str
    key: Scalar
    value: Node

    @property
    def start(self) -> int:
        """Where its key begins."""
        return self.key.mark.start

    @property
    def column(self) -> int:
        """The column of its key."""
        return self.key.mark.column

    @property
    def is_alias(self) -> bool:
        """Whether an alias stands for its value, which is written further up."""
        return self.value.mark.start < self.key.mark.end

    @property
    def value_start(self) -> int:
        """Where its value begins."""
        if not self.is_alias:
            return self.value.mark.start
        colon = _COLON.match(self.text, self.key.mark.end)
        if colon is None:
            raise CannotEditError(self.key.mark)
        return colon.end()

    @property
    def end(self) -> int:
        """Where the last character of its value ends."""
        if self.is_alias:
            alias = _ALIAS.match(self.text, self.value_start)
            if alias is None:
                raise CannotEditError(self.key.mark)
            return alias.end()
        return max(end_of(self.text, self.value), self.key.mark.end)

    def lines(self) -> Span:
        """Give the whole lines of an entry in block style, with the comments right above it and further in below."""
        start = line_start(self.text, self.start)
        if self.text[start : self.start].strip(" "):
            raise CannotEditError(self.key.mark)
        while start:
            above = line_start(self.text, start - 1)
            line = self.text[above:start]
            if not line.startswith(" " * self.column + "#"):
                break
            start = above
        end = line_end(self.text, self.end)
        while (below := _comment_column(self.text, end)) is not None and below > self.column:
            end = line_end(self.text, end + 1)
        return start, end


def entry(text: str, mapping: Mapping, name: str) -> Entry:
    """Give the entry of a mapping by that key, which has to be written in the mapping itself."""
    for key, value in mapping.entries:
        if key.value == name:
            if key.mark.start < mapping.mark.start:  # a merge key brought it in
                raise CannotEditError(key.mark)
            return Entry(text, key, value)
    raise CannotEditError(mapping.mark)


def is_flow(text: str, mapping: Mapping) -> bool:
    """Tell whether a mapping is written in braces."""
    start = mapping.mark.start
    properties = _PROPERTIES.match(text, start)
    return text[properties.end() if properties else start] == "{"


def end_of(text: str, node: Node) -> int:
    """Give where the last character of a node ends; the mark of a block goes on to what comes next."""
    if isinstance(node, Scalar) or text[node.mark.end - 1] in "]}":
        return node.mark.end
    if isinstance(node, Mapping):
        own = [(key, value) for key, value in node.entries if key.mark.start >= node.mark.start]
        return max((Entry(text, key, value).end for key, value in own), default=node.mark.end)
    last = node.mark.start
    for item in node.items:
        if item.mark.start < last:
            raise CannotEditError(node.mark)  # an alias, which has no mark of its own
        last = end_of(text, item)
    return last


def line_start(text: str, offset: int) -> int:
    """Give where the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Give where the line begins that follows the character before an offset."""
    if text[offset - 1 : offset] == "\n":
        return offset
    found = text.find("\n", offset)
    return len(text) if found < 0 else found + 1


def indents_lists(root: Node) -> bool:
    """Tell whether a document indents its lists further than the keys they stand under; where it has none, no."""
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Sequence):
            stack += reversed(node.items)
        elif isinstance(node, Mapping):
            for key, value in reversed(node.entries):
                if isinstance(value, Sequence) and value.mark.line > key.mark.line:
                    return value.mark.column > key.mark.column
                stack.append(value)
    return False


def _comment_column(text: str, offset: int) -> int | None:
    """Give the column of the comment in the line at an offset, None where it has none or something before it."""
    line = text[offset : line_end(text, offset + 1)]
    comment = line.lstrip(" ")
    return len(line) - len(comment) if comment.startswith("#") else None
