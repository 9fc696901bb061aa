"""Reading: parts of documents that may have any shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def at(data: object, *path: str | int) -> Any:
    """Give what stands at a path, None where nothing does."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def mapping(data: object, *path: str | int) -> dict[str, Any]:
    """Give the mapping at a path, an empty one where there is none."""
    found = at(data, *path)
    return found if isinstance(found, dict) else {}


def items(data: object, *path: str | int) -> list[Any]:
    """Give the list at a path, an empty one where there is none."""
    found = at(data, *path)
    return found if isinstance(found, list) else []


def text(data: object, *path: str | int) -> str:
    """Give the text at a path, an empty one where there is none."""
    found = at(data, *path)
    return found if isinstance(found, str) else ""


def mappings(data: object, *path: str | int) -> Iterable[tuple[int, dict[str, Any]]]:
    """Give each mapping in the list at a path, with its index; null stands for an empty one, as in Go."""
    found = at(data, *path)
    if not found or not isinstance(found, list):
        return ()
    return [(index, item or {}) for index, item in enumerate(found) if item is None or isinstance(item, dict)]
