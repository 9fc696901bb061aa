"""Variables: references such as `$(params.x)` in the fields of Tekton's documents, read as its webhook reads them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_NAME = r".*?(?:\[\*\])?"
_INDEX = re.compile(r"\[[0-9]*\*?\]")
_EXPRESSION = re.compile(r"\$\(([_a-zA-Z0-9.-]+(?:\[(?:[0-9]+|\*)\])?)\)")
_WHOLE = r"[_a-zA-Z0-9.-]+\[\*\]"
_MOST_PARTS = 2
_LONGEST = 1 << 18
"""A text that is longer holds no field of a Task, and to search it takes long."""


@lru_cache(maxsize=512)
def _reference(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"""\$\({prefix}(?:\.({_NAME})|\["({_NAME})"\]|\['({_NAME})'\])\)""")


@lru_cache(maxsize=64)
def _whole_reference(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"""\$\({prefix}(?:\.({_WHOLE})|\["({_WHOLE})"\]|\['({_WHOLE})'\])\)""")


def _matches(text: str, prefix: str) -> Iterator[re.Match[str]]:
    return _reference(prefix).finditer(text if len(text) <= _LONGEST and "$(" in text else "")


def variables(text: str, prefix: str) -> list[str]:
    """Give the names after a prefix: `x` for `$(params.x)` and for `$(params.x.key)`, `x[*]` for `$(params.x[*])`."""
    return [_first_part(match) for match in _matches(text, prefix)]


def _first_part(match: re.Match[str]) -> str:
    dotted = match[1] or ""
    return dotted.partition(".")[0] if "." in dotted else dotted or match[2] or match[3] or ""


def whole_variables(text: str, prefix: str) -> list[str]:
    """Give all that stands after a prefix: `x.key` for `$(params.x.key)`."""
    return [match[1] or match[2] or match[3] or "" for match in _matches(text, prefix)]


def too_deep(text: str, prefix: str) -> str | None:
    """Give the first reference with more than two parts after a prefix, such as `$(params.x.y.z)`."""
    found = (match for match in _matches(text, prefix) if (match[1] or "").count(".") >= _MOST_PARTS)
    return next((match[0] for match in found), None)


def unknown_variable(text: str, prefix: str, known: Collection[str]) -> str | None:
    """Give the first name after a prefix that is not among the known ones."""
    names = (without_index(name) for name in variables(text, prefix))
    return next((name for name in names if name not in known), None)


def any_of(text: str, prefix: str, names: Collection[str]) -> str | None:
    """Give the first of some names that a text refers to without an index: as `$(params.x)` or `$(params.x[*])`."""
    found = (name.removesuffix("[*]") for name in variables(text, prefix))
    return next((name for name in found if name in names), None)


def whole_of(text: str, prefix: str, names: Collection[str]) -> str | None:
    """Give the first of some names that a text refers to as a whole, neither by an index nor by a key."""
    found = (name.removesuffix("[*]") for name in whole_variables(text, prefix))
    return next((name for name in found if name in names), None)


def stands_alone(text: str, prefix: str) -> bool:
    """Tell whether a text is nothing but its first reference."""
    first = next(_matches(text, prefix), None)
    return first is not None and len(first[0]) == len(text)


def is_whole_reference(text: str, prefix: str) -> bool:
    """Tell whether a text is one reference to all of an array or object: `$(params.x[*])`."""
    return _whole_reference(prefix).fullmatch(text) is not None


def without_index(name: str) -> str:
    """Give a name without `[0]` or `[*]` after it."""
    return _INDEX.sub("", name)


def index_of(name: str) -> str:
    """Give what stands in the brackets after a name: `0`, `*`, or nothing."""
    match = _INDEX.search(name)
    return match[0][1:-1] if match else ""


def expressions(text: str) -> list[str]:
    """Give what stands between `$(` and `)` wherever it has the form of a variable."""
    return _EXPRESSION.findall(text) if "$(" in text else []
