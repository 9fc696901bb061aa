"""Definitions: the lines of one file of `schemas/` that hold for a version, parsed no further than needed.

A line is `definition TAB versions TAB kind TAB schema`, as `upstream/table.py` writes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Kind = tuple[str, str]

_REFERENCE = re.compile(r'"\$ref":"#/definitions/([^"]+)"')


@dataclass(frozen=True, slots=True)
class Definitions:
    """The JSON text of each definition by its name, and the name of each kind's definition."""

    texts: Mapping[str, str]
    kinds: Mapping[Kind, str]


@lru_cache(maxsize=64)
def read_definitions(file: Path, version: str) -> Definitions:
    """Read what a file has for a version: it is read once a process, since it never changes under one."""
    texts: dict[str, str] = {}
    kinds: dict[Kind, str] = {}
    held: dict[str, bool] = {}
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        name, spans, kind, text = line.split("\t")
        if spans not in held:
            held[spans] = _holds(spans, version)
        if not held[spans]:
            continue
        texts[name] = text
        if kind:
            api_version, _, kind_name = kind.partition(" ")
            kinds[api_version, kind_name] = name
    return Definitions(texts, kinds)


def schema_text(name: str, *sources: Definitions) -> str:
    """Write the schema of one definition, with whatever it leads to in the sources, as JSON."""
    texts: dict[str, str] = {}
    ahead = [name]
    while ahead:
        current = ahead.pop()
        if current not in texts:
            texts[current] = next(s.texts[current] for s in sources if current in s.texts)
            ahead += _REFERENCE.findall(texts[current])
    definitions = ",".join(f'"{key}":{text}' for key, text in texts.items())
    return f'{{"$ref":"#/definitions/{name}","definitions":{{{definitions}}}}}'


def _holds(spans: str, version: str) -> bool:
    if spans == "*":
        return True
    wanted = _ordinal(version)
    ends = ([_ordinal(end) for end in span.split("-")] for span in spans.split(","))
    return any(end[0] <= wanted <= end[-1] for end in ends)


def _ordinal(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
