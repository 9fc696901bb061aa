"""Resources: what containers and pods ask for and are held to, as numbers."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.quantity import parse_quantity
from itdo_platform_gen.checks.reading import mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

OF_CONTAINERS = frozenset({"cpu", "ephemeral-storage", "memory"})
OF_PODS = frozenset({"cpu", "memory"})
HUGE_PAGES = "hugepages-"
_PAGE = re.compile(rf"{HUGE_PAGES}(.*)")


def amounts(resources: object, field: str) -> Mapping[str, Fraction]:
    """Give the requests or limits as numbers, without what is no quantity; null stands for 0."""
    given = mapping(resources, field).items()
    found = ((name, Fraction(0) if value is None else parse_quantity(value)) for name, value in given)
    return {name: amount for name, amount in found if amount is not None}


def is_extended(name: str) -> bool:
    """Tell whether a resource is one of a vendor, such as nvidia.com/gpu, which is counted in whole pieces."""
    prefix, slash, _ = name.partition("/")
    return bool(slash) and not (prefix == "kubernetes.io" or prefix.endswith(".kubernetes.io"))


def is_shareable(name: str) -> bool:
    """Tell whether nodes give more of a resource than they have, so that a request may be less than the limit."""
    return not is_extended(name) and not name.startswith(HUGE_PAGES)


def page_size(name: str) -> Fraction | None:
    """Give how large the pages are that a resource such as hugepages-2Mi counts; None where the name does not say."""
    match = _PAGE.fullmatch(name)
    return parse_quantity(match[1]) if match else None
