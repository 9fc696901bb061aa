"""Manifest templates, compiled: nodes that give data for the values of a frame.

The nodes are named tuples, which are as frozen as frozen dataclasses and take a sixth of the time to define: every
command that renders pays for that when it starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from itdo_platform_gen.blueprint.frame import FAILED
from itdo_platform_gen.blueprint.origin import Origin, Trace
from itdo_platform_gen.syntax.data import describe, show
from itdo_platform_gen.syntax.evaluation import EvaluationError, joined, text_of
from itdo_platform_gen.syntax.node import Mapping, Node, Path, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.blueprint.frame import Frame
    from itdo_platform_gen.syntax.expression import Expression
    from itdo_platform_gen.syntax.mark import Mark


class Template(Protocol):
    """A compiled node."""

    @property
    def mark(self) -> Mark:
        """Where it stands."""
        ...

    def evaluate(self, frame: Frame, trace: Trace | None, path: Path) -> object:
        """Give the data for a frame, or FAILED; problems are noted in the frame, origins in the trace."""
        ...


class Constant(NamedTuple):
    """A node without holes. Its data is shared by all documents made of it: nobody may change it."""

    mark: Mark
    data: object
    node: Node

    def evaluate(self, frame: Frame, trace: Trace | None, path: Path) -> object:  # noqa: ARG002
        if trace is not None:
            self._trace(self.node, trace, path)
        return self.data

    def _trace(self, node: Node, trace: Trace, path: Path) -> None:
        trace.origins[path] = Origin(node.mark)
        if isinstance(node, Sequence):
            for index, item in enumerate(node.items):
                self._trace(item, trace, (*path, index))
        elif isinstance(node, Mapping):
            for key, value in node.entries:
                trace.keys[*path, key.value] = key.mark
                self._trace(value, trace, (*path, key.value))


class Whole(NamedTuple):
    """A scalar that is one hole: its value as it is."""

    mark: Mark
    expression: Expression

    def evaluate(self, frame: Frame, trace: Trace | None, path: Path) -> object:
        if trace is not None:
            place = frame.place_of(self.expression)
            trace.origins[path] = Origin(self.mark, frame.reads(self.expression), place)
        return frame.evaluate(self.expression, self.mark)


class Text(NamedTuple):
    """A scalar with holes inside text: always a string."""

    mark: Mark
    parts: tuple[str | Whole, ...]

    def evaluate(self, frame: Frame, trace: Trace | None, path: Path) -> object:
        if trace is not None:
            holes = [part for part in self.parts if isinstance(part, Whole)]
            reads = tuple(read for hole in holes for read in frame.reads(hole.expression))
            trace.origins[path] = Origin(self.mark, reads)
        texts: list[str] = []
        failed = False
        for part in self.parts:
            if isinstance(part, str):
                texts.append(part)
                continue
            value = frame.evaluate(part.expression, part.mark)
            if value is FAILED:
                failed = True
                continue
            try:
                texts.append(text_of(value))
            except EvaluationError as error:
                frame.fail(part.mark, "TPL005", error.message, error.hint, part.expression)
                failed = True
        if failed:
            return FAILED
        try:
            text = joined(texts)
        except EvaluationError as error:
            frame.fail(self.mark, "EXPR003", error.message)
            return FAILED
        return text if frame.affords(len(text), self.mark) else FAILED


class Entry(NamedTuple):
    """A key, which may have holes, and its value."""

    key: str | Whole | Text
    mark: Mark
    value: Template


class Choice(NamedTuple):
    """An `if` with its `elif`s and `else`: the first branch whose condition holds; an `else` has none."""

    branches: list[tuple[Whole | None, Template]]

    def chosen(self, frame: Frame) -> Template | None:
        """Give the branch to take."""
        for condition, body in self.branches:
            if condition is None:
                return body
            value = frame.evaluate(condition.expression, condition.mark)
            if value is FAILED:
                return None
            if value:
                return body
        return None


class Head(NamedTuple):
    """The head of a loop: its names, and what it goes through."""

    names: tuple[str, ...]
    items: Whole

    def turns(self, frame: Frame) -> Iterator[Frame]:
        """Give a frame for each turn."""
        return frame.turns_of(self.names, self.items.expression, self.items.mark)


class Loop(NamedTuple):
    """A `for`: its head, and what each turn gives."""

    head: Head
    body: Template


Control: TypeAlias = Choice | Loop


class MappingTemplate(NamedTuple):
    """Entries, and control whose mappings merge with them."""

    mark: Mark
    steps: tuple[Entry | Control, ...]

    def evaluate(self, frame: Frame, trace: Trace | None, path: Path) -> object:
        if trace is not None:
            trace.origins[path] = Origin(self.mark)
        data: dict[str, object] = {}
        self._fill(data, frame, trace, path)
        return data

    def _fill(self, data: dict[str, object], frame: Frame, trace: Trace | None, path: Path) -> None:
        if not frame.affords(len(self.steps), self.mark):
            return
        for step in self.steps:
            if isinstance(step, Entry):
                self._put(data, step, frame, trace, path)
            elif isinstance(step, Choice):
                body = step.chosen(frame)
                if body is not None:
                    _merge(data, body, frame, trace, path)
            else:
                for turn in step.head.turns(frame):
                    _merge(data, step.body, turn, trace, path)

    def _put(self, data: dict[str, object], entry: Entry, frame: Frame, trace: Trace | None, path: Path) -> None:
        key = entry.key
        if not isinstance(key, str):
            name = key.evaluate(frame, None, ())
            if name is FAILED:
                return
            if not isinstance(name, str):
                hint = "write it as text" if isinstance(name, int | float) else None
                frame.fail(entry.mark, "TPL006", f"a key must be a string, got {show(name)}", hint)
                return
            key = name
        inner = path
        if trace is not None:
            inner = (*path, key)
            trace.keys[inner] = entry.mark
        if key in data:
            frame.fail(entry.mark, "TPL003", f"key {show(key)} comes twice")
            return
        value = entry.value.evaluate(frame, trace, inner)
        if value is not FAILED:
            data[key] = value


def _merge(data: dict[str, object], body: Template, frame: Frame, trace: Trace | None, path: Path) -> None:
    """Merge what stands under a control key into the mapping around it."""
    if isinstance(body, MappingTemplate):
        body._fill(data, frame, trace, path)  # noqa: SLF001  the same class's, for the same mapping
        return
    inner = None if trace is None else Trace()
    merged = body.evaluate(frame, inner, path)
    if merged is FAILED:
        return
    if not isinstance(merged, dict):
        frame.fail(body.mark, "TPL004", f"a mapping must stand under control in a mapping, got {describe(merged)}")
        return
    for key, value in merged.items():
        if key in data:
            frame.fail(body.mark, "TPL003", f"key {show(key)} comes twice")
        else:
            data[key] = value
    if trace is not None and inner is not None:
        whole = inner.origins.pop(path)
        below = {(*path, key): Origin(whole.mark, whole.reads, _below(whole.lookup, key)) for key in merged}
        trace.origins.update(below | inner.origins)
        trace.keys.update(dict.fromkeys(below, whole.mark) | inner.keys)


def _below(place: Path | None, key: str | int) -> Path | None:
    return None if place is None else (*place, key)


class SequenceTemplate(NamedTuple):
    """Items, and control whose lists are spliced in among them."""

    mark: Mark
    steps: tuple[Template | Control, ...]

    def evaluate(self, frame: Frame, trace: Trace | None, path: Path) -> object:
        if trace is not None:
            trace.origins[path] = Origin(self.mark)
        data: list[object] = []
        self._fill(data, frame, trace, path)
        return data

    def _fill(self, data: list[object], frame: Frame, trace: Trace | None, path: Path) -> None:
        if not frame.affords(len(self.steps), self.mark):
            return
        for step in self.steps:
            if isinstance(step, Choice):
                body = step.chosen(frame)
                if body is not None:
                    _splice(data, body, frame, trace, path)
            elif isinstance(step, Loop):
                for turn in step.head.turns(frame):
                    _splice(data, step.body, turn, trace, path)
            else:
                inner = path if trace is None else (*path, len(data))
                value = step.evaluate(frame, trace, inner)
                if value is not FAILED:
                    data.append(value)


def _splice(data: list[object], body: Template, frame: Frame, trace: Trace | None, path: Path) -> None:
    """Put what stands under a control key into the list around it: a list's items, or the one value."""
    if isinstance(body, SequenceTemplate):
        body._fill(data, frame, trace, path)  # noqa: SLF001  the same class's, for the same list
        return
    start = len(data)
    inner = None if trace is None else Trace()
    value = body.evaluate(frame, inner, ())
    if value is FAILED or not frame.affords(len(value) if isinstance(value, list) else 1, body.mark):
        return
    data.extend(value if isinstance(value, list) else [value])
    if trace is None or inner is None:
        return
    if not isinstance(value, list):
        trace.origins.update({(*path, start, *place): origin for place, origin in inner.origins.items()})
        trace.keys.update({(*path, start, *place): mark for place, mark in inner.keys.items()})
        return
    whole = inner.origins.pop(())
    for index in range(len(value)):
        origin = Origin(whole.mark, whole.reads, _below(whole.lookup, index))
        trace.origins[*path, start + index] = origin
    for place, origin in inner.origins.items():
        trace.origins[(*path, start + int(place[0]), *place[1:])] = origin
    for place, mark in inner.keys.items():
        trace.keys[(*path, start + int(place[0]), *place[1:])] = mark
