"""Operations: what the operators and calls of expressions do with values, within bounds."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.syntax.data import describe
from itdo_platform_gen.syntax.evaluation import LARGEST_DATA, EvaluationError, equal

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_RANGE = 10_000
_MOST_BITS = 4096


def _contains(left: object, right: object) -> bool:
    if isinstance(right, str) and not isinstance(left, str):
        raise EvaluationError(f"{describe(left)} cannot be in a string")
    if not isinstance(right, str | list | dict):
        raise EvaluationError(f"nothing is in {describe(right)}")
    return left in right


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": equal,
    "ne": lambda left, right: not equal(left, right),
    "gt": operator.gt,
    "gteq": operator.ge,
    "lt": operator.lt,
    "lteq": operator.le,
    "in": _contains,
    "notin": lambda left, right: not _contains(left, right),
}


def compare(word: str, left: object, right: object) -> bool:
    """Compare two values, by the word that Jinja2 has for the operator.

    Raises EvaluationError where they cannot be compared.
    """
    try:
        return _COMPARISONS[word](left, right)
    except TypeError:
        raise EvaluationError(f"{describe(left)} and {describe(right)} cannot be compared") from None


_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
    "%": operator.mod,
}


def calculate(sign: str, left: object, right: object) -> int | float:
    """Apply an arithmetic operator.

    Raises EvaluationError for what are no numbers, and for a result that is none or too large.
    """
    try:
        result: int | float = _ARITHMETIC[sign](_number(left, sign), _number(right, sign))
    except ArithmeticError as error:
        raise EvaluationError(str(error)) from None
    if result.bit_length() > _MOST_BITS if isinstance(result, int) else not math.isfinite(result):
        raise EvaluationError("the number is too large")
    return result


def _number(value: object, sign: str) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        hint = "join text with ~" if sign == "+" else None
        raise EvaluationError(f"{sign} takes numbers, got {describe(value)}", hint)
    return value


def number_range(bounds: list[object]) -> list[int]:
    """Give the numbers of a range.

    Raises EvaluationError where there are too many, or the bounds are no integers.
    """
    numbers = [number for number in bounds if isinstance(number, int)]
    if len(numbers) != len(bounds) or (len(numbers) == 3 and not numbers[2]):  # noqa: PLR2004
        raise EvaluationError("range takes integers, and no step of 0")
    wanted = range(*numbers)
    if wanted[_LONGEST_RANGE:]:
        raise EvaluationError(f"range gives at most {_LONGEST_RANGE:,} numbers")
    return list(wanted)


def split(text: object, separator: object) -> list[str]:
    """Split a text.

    Raises EvaluationError where that cannot be, or gives too many parts.
    """
    if not isinstance(text, str) or not isinstance(separator, str) or not separator:
        raise EvaluationError("split takes a text, and a separator that is not empty")
    parts = text.split(separator, LARGEST_DATA)
    if len(parts) > LARGEST_DATA:
        raise EvaluationError(f"the data would have more than {LARGEST_DATA:,} values")
    return parts
