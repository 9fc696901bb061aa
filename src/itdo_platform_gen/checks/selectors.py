"""Selectors: label selectors, what they match and what is wrong in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import items, mapping, mappings, text
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.syntax.node import Path

_LISTED = {"In", "NotIn"}
_BARE = {"Exists", "DoesNotExist"}
_COMPARED = {"Gt", "Lt"}


def faults_of(selector: object) -> Iterator[tuple[Path, str]]:
    """Give the path and message of each fault in a selector that its schema cannot see."""
    for index, expression in mappings(selector, "matchExpressions"):
        for path, message in expression_faults(expression):
            yield ("matchExpressions", index, *path), message


def expression_faults(expression: object) -> Iterator[tuple[Path, str]]:
    """Tell where an expression, of labels or of nodes, has values that its operator takes not, or lacks some."""
    operator, values = text(expression, "operator"), items(expression, "values")
    if operator in _LISTED and not values:
        yield ("values",), f"expected values for {operator}, got none"
    elif operator in _BARE and values:
        yield ("values",), f"expected no values for {operator}, got {show(values)}"
    elif operator in _COMPARED and len(values) != 1:
        yield ("values",), f"expected one value for {operator}, got {len(values) or 'none'}"


def selects(selector: object, labels: dict[str, object]) -> bool:
    """Tell whether a label selector matches labels."""
    if any(labels.get(key) != value for key, value in mapping(selector, "matchLabels").items()):
        return False
    return all(_meets(labels, expression) for _, expression in mappings(selector, "matchExpressions"))


def _meets(labels: dict[str, object], expression: dict[str, object]) -> bool:
    key, values = text(expression, "key"), items(expression, "values")
    operator = text(expression, "operator")
    if operator == "In":
        return key in labels and labels[key] in values
    if operator == "NotIn":
        return key not in labels or labels[key] not in values
    return operator not in _BARE or (key in labels) == (operator == "Exists")
