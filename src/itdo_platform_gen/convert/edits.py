"""Edits: changes made on a text by replacing spans of it, so that all else stays as it was written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itdo_platform_gen.convert.change import DROPPED, Assign, Change, Gather, Rename
from itdo_platform_gen.convert.layout import CannotEditError, Entry, entry, indents_lists, is_flow, line_end, line_start
from itdo_platform_gen.syntax.node import Mapping, Scalar, node_at
from itdo_platform_gen.syntax.scalar import may_stand_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from itdo_platform_gen.convert.change import Resolve
    from itdo_platform_gen.syntax.mark import Text
    from itdo_platform_gen.syntax.node import Node, Path

_STEP = 2


@dataclass(frozen=True, slots=True)
class Edit:
    """A span of a text, and what is written there instead."""

    start: int
    end: int
    written: str


def edits_of(text: Text, root: Node, changes: Iterable[Change]) -> list[Edit]:
    """Give the edits that make changes in the document of that root.

    Raises CannotEditError where a change cannot be made.
    """
    writer = _Writer(text.content, root)
    return [edit for change in changes for edit in writer.edits(change)]


def edited(content: str, edits: Iterable[Edit]) -> str | None:
    """Give a text with edits made, None where two of them meet.

    What aliases repeat may be edited from several places, if in one and the same way.
    """
    parts, done = [], 0
    for edit in sorted(dict.fromkeys(edits), key=lambda edit: (edit.start, edit.end)):
        if edit.start < done:
            return None
        parts += [content[done : edit.start], edit.written]
        done = edit.end
    return "".join([*parts, content[done:]])


@dataclass(slots=True)
class _Writer:
    text: str
    root: Node

    def edits(self, change: Change) -> Iterator[Edit]:
        if isinstance(change, Assign):
            node = node_at(self.root, change.path)
            if not isinstance(node, Scalar):
                raise CannotEditError(node.mark)
            yield _reworded(node, change.value)
            return
        holder = node_at(self.root, change.path)
        if not isinstance(holder, Mapping):
            raise CannotEditError(holder.mark)
        flow = is_flow(self.text, holder)
        if isinstance(change, Rename):
            yield _reworded(self._key(holder, change.key), change.name)
        elif isinstance(change, Gather):
            yield from self._gather_in_flow(holder, change) if flow else self._gather(holder, change)
        else:
            yield from self._resolve_in_flow(holder, change) if flow else self._resolve(holder, change)

    def _key(self, holder: Mapping, name: str) -> Scalar:
        """Give a key, which a merge key may have brought in."""
        return next(key for key, _ in holder.entries if key.value == name)

    def _gather(self, holder: Mapping, change: Gather) -> Iterator[Edit]:
        entries = [entry(self.text, holder, key) for key in change.names]
        start = entries[0].lines()[0]
        margin = " " * entries[0].column
        step = self._step(change.path, entries[0].column)
        end_of_line = self._end_of_line(entries[0])
        moved, done, rest = "", start, []
        for part in entries:
            first, last = part.lines()
            written = _shifted(self._renamed(part, first, last, change.names[part.key.value]), step)
            if all(line.strip()[:1] in {"", "#"} for line in self.text[done:first].split("\n")):
                moved += _shifted(self.text[done:first], step)
                done = last
            else:
                rest.append(Edit(first, last, ""))
            if moved and not moved.endswith("\n"):
                moved += end_of_line
            moved += written
        if rest and not moved.endswith("\n"):
            moved += end_of_line
        yield Edit(start, done, f"{margin}{change.into}:{end_of_line}{moved}")
        yield from rest

    def _renamed(self, part: Entry, first: int, last: int, name: str) -> str:
        key = _reworded(part.key, name)
        return self.text[first : key.start] + key.written + self.text[key.end : last]

    def _gather_in_flow(self, holder: Mapping, change: Gather) -> Iterator[Edit]:
        entries = [entry(self.text, holder, key) for key in change.names]
        first, *others = entries
        quoted = first.key.mark.written.startswith('"')
        opening = f"{_name(change.into, quoted=quoted)}: {{"
        yield Edit(first.start, first.key.mark.end, f"{opening}{self._key_text(first, change)}")
        end, moved = first.end, ""
        for other in others:
            if self.text[end : other.start].strip(" \t\r\n,"):
                moved += f", {self._key_text(other, change)}{self.text[other.key.mark.end : other.end]}"
                yield self._removal(holder, other)
            else:
                end = other.end
                yield _reworded(other.key, change.names[other.key.value])
        yield Edit(end, end, f"{moved}}}")

    def _key_text(self, part: Entry, change: Gather) -> str:
        return _reworded(part.key, change.names[part.key.value]).written

    def _removal(self, holder: Mapping, part: Entry) -> Edit:
        """Take an entry out of a mapping in braces, with the comma that parts it from its neighbour."""
        before = [Entry(self.text, key, value) for key, value in holder.entries]
        place = next(index for index, other in enumerate(before) if other.key is part.key)
        if place:
            start, end = before[place - 1].end, part.end
        else:
            start, end = part.start, before[1].start
        if "#" in self.text[start : part.start] + self.text[part.end : end]:
            raise CannotEditError(part.key.mark)
        return Edit(start, end, "")

    def _resolve(self, holder: Mapping, change: Resolve) -> Iterator[Edit]:
        entries = [entry(self.text, holder, key.value) for key, _ in holder.entries]
        kept = [part for part in entries if part.key.value != DROPPED]
        column = entries[0].column
        inner = column + (_STEP if indents_lists(self.root) else 0)
        ending = self._end_of_line(kept[-1])
        for part in entries:
            name = part.key.value
            before = self.text[line_start(self.text, part.start) : part.start]
            if before.strip(" ") or "\n" in self.text[part.start : part.end]:
                raise CannotEditError(part.key.mark)
            if name == DROPPED:
                yield self._dropped(part)
                continue
            opening = f"resolver: {change.resolver}{ending}{' ' * column}params:{ending}{' ' * column}"
            head = f"{opening if part is kept[0] else ''}{' ' * (inner - column)}- name: {name}"
            given = change.given.get(name)
            value = self.text[part.value_start : part.end] if given is None else _name(given)
            yield Edit(part.start, part.end, f"{head}{ending}{' ' * (inner + _STEP)}value: {value}")
        last = kept[-1]
        after = line_end(self.text, last.end)
        after -= len(self.text[last.end : after]) - len(self.text[last.end : after].rstrip("\r\n"))
        missing = {name: value for name, value in change.given.items() if holder.get(name) is None}
        margin = " " * inner
        lines = [f"{ending}{margin}- name: {key}{ending}{margin}  value: {_name(v)}" for key, v in missing.items()]
        if lines:
            yield Edit(after, after, "".join(lines))

    def _dropped(self, part: Entry) -> Edit:
        """Take a line out, but for its comment."""
        end = line_end(self.text, part.end)
        comment = self.text[part.end : end].find("#")
        if comment >= 0:
            return Edit(part.start, part.end + comment, "")
        return Edit(line_start(self.text, part.start), end, "")

    def _resolve_in_flow(self, holder: Mapping, change: Resolve) -> Iterator[Edit]:
        entries = [entry(self.text, holder, key.value) for key, _ in holder.entries]
        kept = [part for part in entries if part.key.value != DROPPED]
        quoted = kept[0].key.mark.written.startswith('"')
        words = {word: _name(word, quoted=quoted) for word in ("resolver", "params", "name", "value")}
        opening = f"{words['resolver']}: {_name(change.resolver, quoted=quoted)}, {words['params']}: ["
        given = {name: _name(value, quoted=quoted) for name, value in change.given.items()}
        missing = {name: value for name, value in given.items() if holder.get(name) is None}
        for part in entries:
            name = part.key.value
            if name == DROPPED:
                yield self._removal(holder, part)
                continue
            value = given.get(name) or self.text[part.value_start : part.end]
            named = {name: value} | (missing if part is kept[-1] else {})
            params = [
                f"{{{words['name']}: {_name(key, quoted=quoted)}, {words['value']}: {v}}}" for key, v in named.items()
            ]
            before, after = opening if part is kept[0] else "", "]" if part is kept[-1] else ""
            yield Edit(part.start, part.end, f"{before}{', '.join(params)}{after}")

    def _step(self, path: Path, column: int) -> int:
        """Give by how much the document indents what stands under a key."""
        parent = node_at(self.root, path[:-1])
        for key, _ in parent.entries if isinstance(parent, Mapping) else ():
            if key.value == path[-1]:
                return max(column - key.mark.column, 1)
        return _STEP

    def _end_of_line(self, part: Entry) -> str:
        """Give the line ending of a place or, in the last line, that of the one before."""
        end = self.text.find("\n", part.start)
        end = self.text.rfind("\n") if end < 0 else end
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"


def _reworded(scalar: Scalar, value: str) -> Edit:
    """Write another text for a scalar, with the quotes that it has."""
    written = scalar.mark.written
    quote = "" if scalar.plain else written[-1:]
    if not written.endswith(f"{quote}{scalar.value}{quote}"):
        raise CannotEditError(scalar.mark)
    start = scalar.mark.end - len(scalar.value) - 2 * len(quote)
    return Edit(start, scalar.mark.end, f"{quote}{value}{quote}")


def _name(text: str, *, quoted: bool = False) -> str:
    return json.dumps(text) if quoted or not may_stand_plain(text) else text


def _shifted(lines: str, step: int) -> str:
    """Indent every line that holds something, if only spaces: in a block of text those may count."""
    return "\n".join(" " * step + line if line.strip("\r") else line for line in lines.split("\n"))
