"""Foreign parts: what stands in data and has no form in JSON, such as a date or a key that is a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.schema.violation import Violation

if TYPE_CHECKING:
    from itdo_platform_gen.schema.violation import Path

_PLAIN = (str, bool, int, float, type(None))


def foreign_parts(data: object, path: Path = ()) -> list[Violation]:
    """Give every part of data that JSON has no form for."""
    if isinstance(data, dict):
        found = []
        for key, value in data.items():
            if type(key) is not str:
                hint = f'quote it: "{key}"'
                found.append(Violation(path, f"expected text for a key, got {key!r}", hint))
            else:
                found += foreign_parts(value, (*path, key))
        return found
    if isinstance(data, (list, tuple)):
        return [part for place, item in enumerate(data) for part in foreign_parts(item, (*path, place))]
    if type(data) in _PLAIN:
        return []
    return [Violation(path, f"expected data that JSON can hold, got a {type(data).__name__}")]
