"""Reading: parts of documents that may have any shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


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


def mappings(data: object, *path: str | int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give each mapping in the list at a path, with its index; null stands for an empty one, as in Go."""
    for index, item in enumerate(items(data, *path)):
        if item is None or isinstance(item, dict):
            yield index, item or {}
