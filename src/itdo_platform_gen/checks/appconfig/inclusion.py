"""Inclusions: mappings that stand for a value from elsewhere, `{$include: a.yaml#key}`, `{$file: a}`, `{$env: A}`."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from itdo_platform_gen.checks.appconfig.substitution import is_open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.syntax.node import Path

KEYS = ("$file", "$env", "$include")
PARSED = (".json", ".yaml", ".yml")
"""How the names of files end that `$include` reads; it goes by nothing else."""


class Inclusion(NamedTuple):
    """A mapping that stands for another value: where it stands, by which key, and what the key says."""

    path: Path
    key: str
    value: object
    alone: bool
    """Whether the mapping has no other key, without which nothing is included."""

    @property
    def file(self) -> str | None:
        """The file that is read, as it is written; None where none is, or nobody can tell."""
        if self.key == "$env" or not isinstance(self.value, str) or is_open(self.value):
            return None
        return self.value.partition("#")[0] if self.key == "$include" else self.value

    @property
    def has_parser(self) -> bool:
        """Whether the file is one that can be included."""
        return self.key != "$include" or self.file is None or posixpath.splitext(self.file)[1] in PARSED


def inclusion_of(value: object, path: Path = ()) -> Inclusion | None:
    """Give the inclusion that a mapping is, None where it is none."""
    if not isinstance(value, dict):
        return None
    key = next((key for key in value if key in KEYS), None)
    return None if key is None else Inclusion(path, key, value[key], len(value) == 1)


def inclusions(data: object, path: Path = ()) -> Iterator[Inclusion]:
    """Give every inclusion in data."""
    found = inclusion_of(data, path)
    if found is not None:
        yield found
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from inclusions(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from inclusions(value, (*path, index))
