"""Filters of ours: those for manifests, and those of Jinja2 that would guess where they should refuse."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from itdo_platform_gen.syntax.data import describe, show
from itdo_platform_gen.syntax.evaluation import EvaluationError, bounded, joined, measured, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    if plain == text and len(plain) <= length:
        return plain
    if plain and len(plain) <= length and _separators_only(text):
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


def to_json(value: object, indent: int | None = None) -> str:
    """Write data as JSON, keys in their order."""
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
    if attribute is not None:
        value = [item[attribute] for item in value if isinstance(item, dict)]
    return joined([text_of(item) for item in value], text_of(separator))


def replace(value: object, old: str, new: str) -> str:
    """Replace every occurrence of a text."""
    text = text_of(value)
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


FILTERS: dict[str, Callable[..., object]] = {
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
