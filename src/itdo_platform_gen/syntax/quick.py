"""Quick reading: from YAML to data at once, without nodes, for the texts that have nothing unusual in them.

It gives what `compose` and `to_data` give, or None: for anchors, tags, merge keys, keys that come twice and whatever
is wrong in any way, those two are asked, which also know where everything stands.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.compose import DEEPEST, LARGEST, Parsed, comment_before, compose
from itdo_platform_gen.syntax.node import Scalar
from itdo_platform_gen.syntax.scalar import NotFiniteError, resolve_as_kubernetes
from itdo_platform_gen.syntax.yaml import take_events

if TYPE_CHECKING:
    from collections.abc import Callable

    from itdo_platform_gen.syntax.mark import Text
    from itdo_platform_gen.syntax.node import Node

_MOST_REMEMBERED = 100_000
_NOTHING = object()


class Later:
    """The nodes of a text that was read quickly, composed when somebody asks where something stands."""

    __slots__ = ("parsed", "text")

    def __init__(self, text: Text) -> None:
        """Take the text."""
        self.text = text
        self.parsed: list[Parsed] | None = None

    def node(self, index: int) -> Node:
        """Give the node of a document that is not empty, by its place among those."""
        if self.parsed is None:
            self.parsed = compose(self.text)
        return self.parsed[index].node


def read_quickly(text: Text) -> list[tuple[object, str]] | None:
    """Give the data of each document that is not empty, as Kubernetes reads it, with the comment before it."""
    try:
        return take_events(text, partial(_documents, text))
    except (_UnusualError, DiagnosticsError):
        return None


class _UnusualError(Exception):
    """Something that the thorough way of reading has to judge."""


def _documents(text: Text, next_event: Callable[[], Any]) -> list[tuple[object, str]]:
    found: list[tuple[object, str]] = []
    end = 0
    while (event := next_event()) is not None:
        if type(event).__name__ == "DocumentStartEvent":
            first = next_event()
            data = _NOTHING if _is_empty(first) else _data(first, next_event)
            last = next_event()
            if data is not _NOTHING:
                found.append((data, comment_before(text.content[end : first.start_mark.index])))
            end = last.end_mark.index
    return found


def _is_empty(event: Any) -> bool:
    return type(event).__name__ == "ScalarEvent" and bool(event.implicit[0]) and not event.value and not event.anchor


def _data(event: Any, next_event: Callable[[], Any]) -> object:  # noqa: C901, PLR0912  one loop is what makes it quick
    """Build the data that starts with an event."""
    root: list[Any] = []
    stack: list[Any] = []
    target: Any = root  # what the next value goes into
    key: Any = None  # under which key, where that is a mapping and has one
    count = 0
    while True:
        name = type(event).__name__
        if name == "ScalarEvent":
            if event.anchor is not None or event.ctag is not None:
                raise _UnusualError
            value: Any = event.value
            if event.implicit[0]:
                value = _PLAIN[value] if value in _PLAIN else _plain(value)
            if type(target) is list:
                target.append(value)
            elif key is None:
                key = _key(value, event, target)
            else:
                target[key] = value
                key = None
        elif name in _ENDS:
            target, key = stack.pop()
        elif name in _STARTS and event.anchor is None and event.ctag is None:
            inner: Any = _STARTS[name]()
            if type(target) is list:
                target.append(inner)
            elif key is None:
                raise _UnusualError
            else:
                target[key] = inner
            stack.append((target, None))
            target, key = inner, None
            if len(stack) > DEEPEST:
                raise _UnusualError
        else:  # an alias, a tag, an anchor
            raise _UnusualError
        count += 1
        if not stack:
            return root[0]
        if count > LARGEST:
            raise _UnusualError
        event = next_event()


_STARTS: dict[str, type[list[Any] | dict[str, Any]]] = {"MappingStartEvent": dict, "SequenceStartEvent": list}
_ENDS = ("MappingEndEvent", "SequenceEndEvent")
_PLAIN: dict[str, object] = {}
_NO_MARK: Any = None


def _plain(text: str) -> object:
    try:
        value = resolve_as_kubernetes(Scalar(_NO_MARK, text, plain=True))
    except NotFiniteError:
        raise _UnusualError from None
    if len(_PLAIN) < _MOST_REMEMBERED:
        _PLAIN[text] = value
    return value


def _key(value: object, event: Any, target: dict[str, Any]) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    if text in target or (text == "<<" and event.implicit[0]):
        raise _UnusualError
    return text
