"""Filters and tests of ours: those for manifests, and those of Jinja2 that would guess where they should refuse."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from itdo_platform_gen.syntax.data import describe, show
from itdo_platform_gen.syntax.evaluation import EvaluationError, bounded, equal, item_of, joined, measured, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LARGEST_BATCH = 10_000
_WIDEST_INDENT = 8
_LABEL = 63
_SHORTEST_SLUG = 12
_HASH = 6


def slug(value: object, length: int = _LABEL) -> str:
    """Give an RFC 1123 label of at most `length` characters.

    What must be cut, or loses more than case and single separators, ends in a hash of the whole: two texts, two slugs.
    """
    text = text_of(value)
    if not _SHORTEST_SLUG <= length <= _LABEL:
        raise EvaluationError(f"slug takes a length from {_SHORTEST_SLUG} to {_LABEL}, got {show(length)}")
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if plain and len(plain) <= length and (plain == text or _separators_only(text)):
        return plain
    digest = sha256(text, _HASH)
    kept = plain[: length - _HASH - 1].strip("-")
    return f"{kept}-{digest}" if kept else f"x-{digest}"


def _separators_only(text: str) -> bool:
    """Tell whether a slug lost nothing of the text but case and the kind of its separators."""
    return re.fullmatch(r"[A-Za-z0-9]+(?:[-_. ][A-Za-z0-9]+)*", text) is not None


def sha256(value: object, length: int = 64) -> str:
    """Give the first hexadecimal digits of the SHA-256 of a text's UTF-8 bytes."""
    return hashlib.sha256(text_of(value).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def to_json(value: object, indent: object = None) -> str:
    """Write data as JSON, keys in their order."""
    if indent is not None and (not isinstance(indent, int) or not 0 <= indent <= _WIDEST_INDENT):
        raise EvaluationError(f"to_json takes an indent from 0 to {_WIDEST_INDENT}, got {show(indent)}")
    measured(value)
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)


def combine(value: Mapping[str, object], other: Mapping[str, object]) -> dict[str, object]:
    """Give a mapping with the keys of both; where both have one, the other's value."""
    if not isinstance(value, dict) or not isinstance(other, dict):
        wrong = other if isinstance(value, dict) else value
        raise EvaluationError(f"combine takes two mappings, got {describe(wrong)}")
    return {**value, **other}


def join(value: list[object], separator: str = "", attribute: str | None = None) -> str:
    """Join the items of a list, or one attribute of each, to a text."""
    if not isinstance(value, list):
        raise EvaluationError(f"join takes a list, got {describe(value)}")
    for part in attribute.split(".") if attribute is not None else ():
        value = [item_of(item, part) for item in value]
    return joined([text_of(item) for item in value], text_of(separator))


def batch(value: object, count: object, fill: object = None) -> list[list[object]]:
    """Split a list into lists of `count` items; the last one is filled up, where there is something to fill it with."""
    if not isinstance(value, list) or type(count) is not int or not 1 <= count <= _LARGEST_BATCH:
        raise EvaluationError(f"batch takes a list, and a number from 1 to {_LARGEST_BATCH:,}")
    parts = [value[start : start + count] for start in range(0, len(value), count)]
    if parts and fill is not None:
        parts[-1] += [fill] * (count - len(parts[-1]))
    return parts


def replace(value: object, old: object, new: object) -> str:
    """Replace every occurrence of a text."""
    text, old, new = text_of(value), text_of(old), text_of(new)
    if not old:
        raise EvaluationError("replace needs a text to look for")
    bounded(len(text) + text.count(old) * len(new))
    return text.replace(old, new)


def integer(value: object) -> int:
    """Read an integer from a text or number."""
    try:
        return int(value)  # type: ignore[call-overload, no-any-return]
    except (TypeError, ValueError):
        raise EvaluationError(f"int takes a number or its text, got {show(value)}") from None


def decimal(value: object) -> float:
    """Read a float from a text or number."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise EvaluationError(f"float takes a number or its text, got {show(value)}") from None
    if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124  the test for not-a-number
        raise EvaluationError(f"float takes a finite number, got {show(value)}")
    return number


def _text(method: Callable[[str], object]) -> Callable[[object], object]:
    return lambda value: method(text_of(value))


def divisible(value: object, by: object) -> bool:
    """Tell whether an integer is a multiple of another; Python would take a text for a format here."""
    if not isinstance(value, int) or not isinstance(by, int) or not by:
        raise EvaluationError(f"only integers are even, odd or divisible, got {show(value)} and {show(by)}")
    return value % by == 0


TESTS: dict[str, Callable[..., bool]] = {
    "divisibleby": divisible,
    "eq": equal,
    "even": lambda value: divisible(value, 2),
    "ne": lambda value, other: not equal(value, other),
    "odd": lambda value: not divisible(value, 2),
}

FILTERS: dict[str, Callable[..., object]] = {
    "batch": batch,
    "capitalize": _text(str.capitalize),
    "combine": combine,
    "float": decimal,
    "int": integer,
    "join": join,
    "lower": _text(str.lower),
    "replace": replace,
    "sha256": sha256,
    "slug": slug,
    "string": text_of,
    "to_json": to_json,
    "trim": _text(str.strip),
    "upper": _text(str.upper),
    "wordcount": _text(lambda text: len(re.findall(r"\w+", text))),
}
