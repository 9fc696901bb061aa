"""Toleration: what lets a pod onto nodes that others keep away from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator


def toleration_faults(toleration: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the field and message of each fault in a toleration that its schema cannot see."""
    operator, value, effect = (toleration.get(field) or "" for field in ("operator", "value", "effect"))
    if not toleration.get("key") and operator != "Exists":
        yield "operator", f"expected Exists where there is no key, got {operator or 'none'}"
    elif operator == "Exists" and value:
        yield "value", f"expected no value for Exists, got {show(value)}"
    if toleration.get("tolerationSeconds") is not None and effect != "NoExecute":
        yield "effect", f"expected NoExecute beside tolerationSeconds, got {effect or 'none'}"
