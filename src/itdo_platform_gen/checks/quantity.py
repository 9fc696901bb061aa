"""Quantities: the numbers with suffixes that Kubernetes counts resources in."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

_LONGEST = 100
_HUGE = Fraction(10**36)
_QUANTITY = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([KMGTPE]i|[numkMGTPE]?)|[eE]([+-]?\d{1,3}))", re.ASCII)
_SUFFIXES = {
    "": Fraction(1),
    **{suffix: Fraction(1, 1000 ** (power + 1)) for power, suffix in enumerate("mun")},
    **{suffix: Fraction(1000 ** (power + 1)) for power, suffix in enumerate("kMGTPE")},
    **{f"{suffix}i": Fraction(1024 ** (power + 1)) for power, suffix in enumerate("KMGTPE")},
}


@lru_cache(1 << 14, typed=True)
def _parsed(value: str | float) -> Fraction | None:
    text = str(value)
    match = _QUANTITY.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    number, suffix, exponent = match.groups()
    return Fraction(number) * (Fraction(10) ** int(exponent) if exponent else _SUFFIXES[suffix or ""])


def parse_quantity(value: object) -> Fraction | None:
    """Give the number a quantity stands for, None where it is none (k8s.io/apimachinery/pkg/api/resource)."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _parsed(value)


def show_quantity(value: Fraction) -> str:
    """Write a number as a quantity, with the largest suffix that keeps it whole."""
    if value > _HUGE:
        return "more than 1e36"
    if value.denominator != 1:
        return f"{int(value * 1000)}m"
    number = int(value)
    for suffix in ("Ei", "Pi", "Ti", "Gi", "Mi", "Ki"):
        size = int(_SUFFIXES[suffix])
        if number and number % size == 0:
            return f"{number // size}{suffix}"
    return str(number)
