"""Node terms: by which pods and volumes choose nodes, and what is wrong in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.names import is_dns_subdomain, is_label_value
from itdo_platform_gen.checks.reading import items, mappings, text
from itdo_platform_gen.checks.selectors import expression_faults
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.syntax.node import Path


def term_faults(term: object, *, required: bool) -> Iterator[tuple[Path, str]]:
    """Give the path and message of each fault in a term that its schema cannot see."""
    yield from _labels(term, required=required)
    yield from _fields(term)


def _labels(term: object, *, required: bool) -> Iterator[tuple[Path, str]]:
    for index, expression in mappings(term, "matchExpressions"):
        here = ("matchExpressions", index)
        for place, message in expression_faults(expression):
            yield (*here, *place), message
        for number, value in enumerate(items(expression, "values") if required else ()):
            if isinstance(value, str) and not is_label_value(value):
                yield (*here, "values", number), f"expected a value that a label can have, got {show(value)}"


def _fields(term: object) -> Iterator[tuple[Path, str]]:
    for index, expression in mappings(term, "matchFields"):
        for key, message in _field_faults(expression):
            yield ("matchFields", index, *key), message


def _field_faults(expression: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    key, operator, values = text(expression, "key"), text(expression, "operator"), items(expression, "values")
    if key and key != "metadata.name":
        yield ("key",), f"expected metadata.name, which is the only field, got {show(key)}"
    if operator and operator not in {"In", "NotIn"}:
        yield ("operator",), f"expected In or NotIn, got {operator}"
    elif len(values) != 1:
        yield ("values",), f"expected one name of a node, got {len(values) or 'none'}"
    elif isinstance(values[0] or "", str) and not is_dns_subdomain(values[0] or ""):
        yield ("values", 0), f"expected the name of a node, got {show(values[0])}"
