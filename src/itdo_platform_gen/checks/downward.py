"""Downward: what a pod tells its containers of itself, in variables and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.quantity import parse_quantity
from itdo_platform_gen.checks.reading import text

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_CPU = ("1m", "1")
_OF_BYTES = ("1", *(f"1{size}" for size in "kMGTPE"), *(f"1{size}i" for size in "KMGTPE"))


def divisor_fault(reference: Mapping[str, object]) -> str | None:
    """Tell what is wrong with the divisor of a resourceFieldRef, None where nothing is."""
    divisor, resource = reference.get("divisor"), text(reference, "resource")
    amount = parse_quantity(divisor)
    if not amount or not resource:  # none, or 0, stands for 1
        return None
    units = _OF_CPU if resource.endswith(".cpu") else _OF_BYTES
    if str(divisor) in units:
        return None
    return f"expected one of {', '.join(units)}, got {divisor}"
