"""Evaluation: the errors of expressions, and the bounds that keep an untrusted template from taking the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.syntax.data import describe
from itdo_platform_gen.syntax.near import suggest
from itdo_platform_gen.syntax.scalar import float_text

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST_TEXT = 2**24
"""Characters of one text, some sixteen times what a Kubernetes server takes."""

LARGEST_DATA = 1_000_000
"""Values in one document, written out."""

DEEPEST_DATA = 200
"""Levels of nesting, so that no reader of the data runs out of stack."""


class EvaluationError(Exception):
    """An expression has no value: `message` says why, `hint` the way out."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        """Take what a diagnostic needs."""
        super().__init__(message)
        self.message = message
        self._hint = hint

    @property
    def hint(self) -> str | None:
        """The way out, where there is one to tell."""
        return self._hint


class MissingError(EvaluationError):
    """A name, key or item is not there; `default` and `is defined` may answer it, so its hint is found on demand."""

    def __init__(self, message: str, name: str = "", known: Collection[str] = ()) -> None:
        """Take the name that is missing, and those that are there."""
        super().__init__(message)
        self.name = name
        self.known = known

    @property
    def hint(self) -> str | None:
        """The nearest name, or what there is."""
        return suggest(self.name, self.known)


def item_of(holder: object, key: object) -> object:
    """Give a key of a mapping or an item of a list.

    Raises MissingError where it is not there, EvaluationError where the holder is neither.
    """
    if isinstance(holder, dict):
        try:
            return holder[key]
        except (KeyError, TypeError):
            raise MissingError(f'no "{key}" there', str(key), holder) from None
    if isinstance(holder, list) and isinstance(key, int) and not isinstance(key, bool):
        try:
            return holder[key]
        except IndexError:
            raise MissingError(f"no item {key} in a list of {len(holder)}") from None
    raise EvaluationError(f'{describe(holder)} has no "{key}"')


def equal(left: object, right: object) -> bool:
    """Tell whether two values are the same; Python's True == 1 is a surprise in every other language."""
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def text_of(value: object) -> str:
    """Write a value inside text, as YAML writes it; a list, a mapping or null is an error."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return float_text(value)
    hint = "join it, or write to_json" if value is not None else "give a default, or use an if"
    raise EvaluationError(f"{describe(value)} cannot stand inside text", hint)


def bounded(length: int) -> None:
    """Raise EvaluationError where a text would be longer than LONGEST_TEXT."""
    if length > LONGEST_TEXT:
        raise EvaluationError(f"the text would have more than {LONGEST_TEXT:,} characters")


def joined(parts: list[str], separator: str = "") -> str:
    """Join texts, unless they get too long."""
    bounded(sum(map(len, parts)) + len(separator) * len(parts))
    return separator.join(parts)


def measured(value: object) -> None:
    """Raise EvaluationError where data, with what it repeats, is larger or deeper than a document may be."""
    values = length = 0
    level = [value]
    for _ in range(DEEPEST_DATA):
        below: list[object] = []
        for inner in level:
            if isinstance(inner, dict):
                values += len(inner)
                length += sum(map(len, inner))
                below.extend(inner.values())
            elif isinstance(inner, list):
                values += len(inner)
                below.extend(inner)
            elif isinstance(inner, str):
                length += len(inner)
            if values > LARGEST_DATA:
                raise EvaluationError(f"the data would have more than {LARGEST_DATA:,} values")
        bounded(length)
        if not below:
            return
        level = below
    raise EvaluationError(f"the data would nest deeper than {DEEPEST_DATA} levels")
