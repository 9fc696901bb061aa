"""Evaluation: the errors of expressions, and the bounds that keep an untrusted template from taking the machine."""

from __future__ import annotations

from itdo_platform_gen.syntax.data import describe
from itdo_platform_gen.syntax.scalar import float_text

LONGEST_TEXT = 2**24
"""Characters of one text, some sixteen times what a Kubernetes server takes."""

LARGEST_DATA = 1_000_000
"""Values in one document, written out."""


class EvaluationError(Exception):
    """An expression has no value: `message` says why, `hint` the way out."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        """Take what a diagnostic needs."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class MissingError(EvaluationError):
    """A name, key or item is not there; `default` and `is defined` may answer it."""


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
    """Raise EvaluationError where data, with what it repeats, has more than LARGEST_DATA values."""
    left = LARGEST_DATA
    rest = [value]
    while rest:
        inner = rest.pop()
        if isinstance(inner, dict):
            left -= len(inner)
            rest.extend(inner.values())
        elif isinstance(inner, list):
            left -= len(inner)
            rest.extend(inner)
        if left < 0:
            raise EvaluationError(f"the data would have more than {LARGEST_DATA:,} values")
