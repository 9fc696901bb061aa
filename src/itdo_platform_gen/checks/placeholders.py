"""Placeholders: what the catalog replaces in an entity by what a file holds."""

from __future__ import annotations

from typing import TypeGuard

PLACEHOLDERS = frozenset({"$json", "$text", "$yaml"})
"""The keys that each stand alone in a mapping, with a path or URL (PlaceholderProcessor of the catalog backend)."""


def is_placeholder(value: object) -> TypeGuard[dict[str, object]]:
    """Tell whether a value is replaced by what a file holds."""
    return isinstance(value, dict) and len(value) == 1 and not PLACEHOLDERS.isdisjoint(value)
