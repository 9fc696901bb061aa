"""Mutations: single faults that any document can have, by the shape of its parts."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from zlib import crc32

from conformance.kubernetes.meaning import meant

if TYPE_CHECKING:
    from collections.abc import Iterator

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Rename:
    """Instead of a new value: the same value under another key."""

    key: str


class Delete:
    """Instead of a new value: none at all."""


DELETE: Final = Delete()
Change: TypeAlias = "Delete | Rename | object"

_ENUM = re.compile(r"[A-Z][a-z]+([A-Z][a-z]*)*|TCP|UDP|IPv4|IPv6|None")

# Where keys are the author's own, and no typing errors.
_FREE = frozenset(
    [
        "annotations",
        "binaryData",
        "capacity",
        "data",
        "default",
        "defaultRequest",
        "hard",
        "labels",
        "limits",
        "matchLabels",
        "max",
        "maxLimitRequestRatio",
        "min",
        "nodeSelector",
        "parameters",
        "podFixed",
        "requests",
        "selector",
        "stringData",
        "volumeAttributes",
    ]
)
# Whose rules are the same for every kind, and are tried with some.
_METADATA = frozenset({"annotations", "finalizers", "labels"})
_METADATA_OF = frozenset({"deployment", "networkpolicy", "pod", "service"})


def mutations(
    original: dict[str, Any], *, every: bool = False, everywhere: bool = False
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give each place of a document with the name of a fault and the document with that fault.

    With `everywhere` its kind and all of its metadata are places too.
    """
    for path, value in _walk(original, ()):
        if not everywhere and not _is_tried(original, path):
            continue
        for operator, change in _changes(path, value, every=every):
            document = deepcopy(original)
            apply(document, path, change)
            yield dotted(path), operator, document


def apply(document: Any, path: Path, change: Change) -> None:
    """Change what stands at a path, making it and the mappings around it where there are none."""
    if not path:
        document.clear()
        document.update(change)
        return
    *way, last = path
    for part in way:
        if isinstance(document, dict) and document.get(str(part)) is None:
            document[part] = {}
        document = document[part]
    if isinstance(change, Delete):
        del document[last]
    elif isinstance(change, Rename):
        renamed = {change.key if key == last else key: value for key, value in document.items()}
        document.clear()
        document.update(renamed)
    elif isinstance(document, list) and last == len(document):
        document.append(change)
    else:
        document[last] = change


def dotted(path: Path) -> str:
    """Write a path: `spec.ports[0].port`; a key with a dot is put in quotes."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif "." in part:
            text += f'["{part}"]'
        else:
            text += f".{part}" if text else part
    return text or "."


def parsed(place: str) -> Path:
    """Read a path as `dotted` writes it."""
    found = re.findall(r'\["([^"]*)"\]|\[(\d+)\]|([^.\[\]]+)', place)
    return tuple(int(index) if index else quoted or name for quoted, index, name in found)


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    yield path, value
    if isinstance(value, dict):
        for key in value:
            yield from _walk(value[key], (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, (*path, index))


def _is_tried(original: dict[str, Any], path: Path) -> bool:
    if path in {("apiVersion",), ("kind",), ("metadata", "namespace")}:
        return False  # the server fills them in from the address a document is sent to
    if path[:1] == ("metadata",) and path[1:2] != ("name",):
        return len(path) > 1 and path[1] in _METADATA and original["metadata"]["name"] in _METADATA_OF
    return True


def _changes(path: Path, value: Any, *, every: bool) -> Iterator[tuple[str, Change]]:
    """Give the faults for one place: of those that are much alike some, others from place to place, or all of them."""
    start = crc32(dotted(path).encode())
    for count, faults in _faults(path, value):
        alike = list(faults.items())
        for index in range(len(alike) if every else min(count, len(alike))):
            yield alike[(start + index) % len(alike)]


def _faults(path: Path, value: Any) -> Iterator[tuple[int, dict[str, Change]]]:
    """Give faults that are much alike, with the number of those that are enough."""
    if path:
        yield 1, {"deleted": DELETE}
        if isinstance(path[-1], str) and len(path) > 1 and path[-2] in _FREE:
            yield 2, {"key-spaced": Rename("a key"), "key-long": Rename("k" * 300), "key-slashed": Rename("a/b/c")}
    if isinstance(value, dict):
        yield from _of_mapping(path, value)
    elif isinstance(value, list):
        yield from _of_list(value)
    elif isinstance(value, bool):
        yield 1, {"opposite": not value}
        yield 1, {"null": None, "number": 1, "quoted": str(value).lower()}
    elif isinstance(value, (int, float)):
        yield 3, {"negative": -1, "zero": 0, "huge": 2**31}
        yield 1, {"over-65535": 70000} if "ort" in str(path[-1]) else {"large": 100001}
        yield 1, {"null": None, "text": "five", "quoted": str(value), "fraction": value + 0.5}
    elif isinstance(value, str):
        yield from _of_text(value)


def _of_mapping(path: Path, value: dict[str, Any]) -> Iterator[tuple[int, dict[str, Change]]]:
    if path and path[-1] in _FREE:
        yield 1, {"number-inside": {**value, "extra": 5}}
        yield 1, {"mapping-inside": {**value, "extra": {"a": "b"}}, "null-inside": {**value, "extra": None}}
    else:
        yield 1, {"unknown-key": {**value, "unknownKey": "x"}}
    if path:
        yield 1, {"empty": {}}
        yield 1, {"null": None, "text": "junk", "list": [value]}


def _of_list(value: list[Any]) -> Iterator[tuple[int, dict[str, Change]]]:
    yield 2, {"empty": [], "null-inside": [*value, None]}
    if value:
        yield 1, {"twice": [*value, deepcopy(value[0])]}
        mixed = "junk" if isinstance(value[0], list) else ["junk"]
        yield 1, {"null": None, "text": "junk", "unlisted": value[0], "mixed": [*value, mixed]}


def _of_text(value: str) -> Iterator[tuple[int, dict[str, Change]]]:
    yield 1, {"blank": ""}
    yield 1, {"null": None, "list": [value], "number": 5, "bool": True}
    if _ENUM.fullmatch(value):
        yield 2, {"junk": "Junk", "lower": value.lower(), "spaced": f"{value} y", "long": "x" * 300}
        return
    yield (
        2,
        {
            "long": "x" * 300,
            "spaced": f"{value} y",
            "upper": f"Upper{value}",
            "underscored": f"{value}_x",
            "dashed": f"-{value}",
            "dotted": f"{value}.x",
            "dots": f"{value}..x",
            "slashed": f"{value}/x/y",
        },
    )
    for name, text in meant(value):
        yield 1, {name: text}
