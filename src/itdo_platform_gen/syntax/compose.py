"""Compose: a YAML text becomes nodes with marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.mark import Mark, Text
from itdo_platform_gen.syntax.node import Mapping, Node, Scalar, Sequence
from itdo_platform_gen.syntax.yaml import events

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 100
"""Levels of nesting: more than any real manifest has, few enough for every reader behind this one."""

LARGEST = 1_000_000
"""Nodes of one document when its aliases are written out."""

# A key that takes part in control is never the same as another one, however alike.
_CONTROL = re.compile(r"\$\{\{\s*(?:if|elif|else|for)\b")

_TAGS = "tag:yaml.org,2002:"
_KNOWN_TAGS = {f"{_TAGS}{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")}


@dataclass(slots=True, eq=False)
class Parsed:
    """One YAML document: its node, and the comment lines that stand before it."""

    node: Node
    comment: str


def compose(text: Text, *, newer: bool = False) -> list[Parsed]:
    """Parse a text into its documents; a document that is empty is left out.

    With `newer` the text is read as YAML 1.2 where that takes more, which is slow.
    Raises DiagnosticsError where it is not YAML, nests deeper than DEEPEST or expands to more than LARGEST nodes.
    """
    return list(_Composer(text, newer=newer).documents())


class _Composer:
    """Builds nodes from libyaml's events, with aliases as the node they name, and merge keys resolved."""

    def __init__(self, text: Text, *, newer: bool) -> None:
        self.text = text
        self.events: Iterator[Any] = events(text, newer=newer)
        self.anchors: dict[str, Node | None] = {}

    def documents(self) -> Iterator[Parsed]:
        end = 0
        for event in self.events:
            name = type(event).__name__
            if name == "DocumentStartEvent":
                self.anchors = {}
                start = end
                node = self.node(next(self.events), 0)
                last = next(self.events)
                if not (isinstance(node, Scalar) and node.plain and not node.value):
                    yield Parsed(node, comment_before(self.text.content[start : node.mark.start]))
                end = last.end_mark.index

    def node(self, event: Any, depth: int) -> Node:
        if depth > DEEPEST:
            mark = self.mark(event)
            raise DiagnosticsError([mark.diagnose("YAML003", f"nested deeper than {DEEPEST} levels")])
        name = type(event).__name__
        if name == "AliasEvent":
            return self.alias(event, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        node: Node
        if name == "ScalarEvent":
            plain = event.implicit[0]
            node = Scalar(self.mark(event), event.value, plain, self.tag(event))
        elif name == "SequenceStartEvent":
            node = self.sequence(event, depth)
        else:
            node = self.mapping(event, depth)
        if node.size > LARGEST:
            message = f"aliases make this more than {LARGEST:,} nodes"
            raise DiagnosticsError([node.mark.diagnose("YAML004", message, hint="write it without anchors")])
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def alias(self, event: Any, depth: int) -> Node:
        node = self.anchors.get(event.anchor)
        if node is None:
            known = event.anchor in self.anchors
            message = f"alias *{event.anchor} " + ("contains itself" if known else "has no anchor before it")
            raise DiagnosticsError([self.mark(event).diagnose("YAML001", message)])
        if depth + node.height > DEEPEST:
            message = f"nested deeper than {DEEPEST} levels"
            raise DiagnosticsError([self.mark(event).diagnose("YAML003", message, hint="write it without anchors")])
        return node

    def sequence(self, event: Any, depth: int) -> Sequence:
        self.tag(event)
        items: list[Node] = []
        size = height = 1
        while type(inner := next(self.events)).__name__ != "SequenceEndEvent":
            item = self.node(inner, depth + 1)
            size += item.size
            height = max(height, 1 + item.height)
            items.append(item)
        return Sequence(self.mark(event, inner), items, size, height)

    def mapping(self, event: Any, depth: int) -> Mapping:
        self.tag(event)
        entries: list[tuple[Scalar, Node]] = []
        merged: list[Node] = []
        size = height = 1
        while type(inner := next(self.events)).__name__ != "MappingEndEvent":
            key = self.node(inner, depth + 1)
            if not isinstance(key, Scalar):
                raise DiagnosticsError([key.mark.diagnose("YAML007", "a key must be a string", hint="quote it")])
            value = self.node(next(self.events), depth + 1)
            size += 1 + value.size
            height = max(height, 1 + value.height)
            if key.plain and key.value == "<<":
                merged += value.items if isinstance(value, Sequence) else [value]
            else:
                entries.append((key, value))
        if merged:
            entries = [*entries, *_merged(merged, {key.value for key, _ in entries})]
        return Mapping(self.mark(event, inner), entries, size, height)

    def mark(self, event: Any, last: Any = None) -> Mark:
        start = event.start_mark
        return Mark(self.text, start.line, start.column, start.index, (last or event).end_mark.index)

    def tag(self, event: Any) -> str | None:
        tag: str | None = event.tag
        if tag is None or tag == "!":
            return None
        if tag not in _KNOWN_TAGS:
            shown = tag.replace(_TAGS, "!!")
            mark = self.mark(event)
            raise DiagnosticsError([mark.diagnose("YAML008", f"tag {shown} is not supported", hint="leave it out")])
        return tag.removeprefix(_TAGS)


def _merged(sources: list[Node], taken: set[str]) -> Iterator[tuple[Scalar, Node]]:
    for source in sources:
        if not isinstance(source, Mapping):
            raise DiagnosticsError([source.mark.diagnose("YAML001", "<< takes a mapping or a list of mappings")])
        for key, value in source.entries:
            if key.value not in taken or _CONTROL.match(key.value):
                taken.add(key.value)
                yield key, value


def comment_before(before: str) -> str:
    """Give the comment lines that stand right before a document's first node."""
    if "#" not in before:
        return ""
    lines = [line.strip() for line in before.replace("\r", "").split("\n")]
    kept = [line for line in lines if line.startswith("#")]
    return "".join(f"{line}\n" for line in kept)
