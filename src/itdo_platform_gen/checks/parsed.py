"""Parsed: what files of JSON and YAML hold, as Backstage reads them: by JSON.parse, and yaml 2 from npm."""

from __future__ import annotations

from json import loads
from typing import TYPE_CHECKING, NamedTuple

from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.compose import DEEPEST, compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from itdo_platform_gen.diagnostics import Diagnostic

_DEEP = f"nested deeper than {DEEPEST} levels"
_FAULTY = frozenset({"YAML001", "YAML002"})
"""Of what we do not read as YAML, that which Backstage does not either: no YAML, and keys that come twice."""


class UnreadableError(ValueError):
    """The file is not what it has to be; the words it is made with say why."""

    def __str__(self) -> str:
        """Give the words."""
        return " ".join(map(str, self.args))


class UnknownError(ValueError):
    """The file is not at hand, or one that only Backstage may read: YAML with tags, or what is nested without end."""


def json_in(content: str) -> object:
    """Give what a file of JSON holds; raises UnreadableError or UnknownError."""
    try:
        found = loads(content, parse_constant=_no_constant, parse_int=_integer)
    except ValueError as error:
        raise UnreadableError("not valid JSON:", error) from None
    except RecursionError:
        raise UnknownError(_DEEP) from None
    if extent_of(found).depth > DEEPEST:
        raise UnknownError(_DEEP)
    return found


def _integer(digits: str) -> int | float:
    """Read a number as JavaScript does, which has no longest one."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)


def _no_constant(name: str) -> object:
    message = f"{name} is no value"
    raise ValueError(message)


def yaml_in(content: str) -> list[object]:
    """Give what each document of a file of YAML holds; raises UnreadableError or UnknownError."""
    problems: list[Diagnostic] = []
    found: list[object] = []
    try:
        found = [to_data(document.node, problems) for document in compose(Text("", content), newer=True)]
    except DiagnosticsError as error:
        problems += error.diagnostics
    for problem in problems:
        if problem.code in _FAULTY:
            raise UnreadableError(problem.message)
    if problems:
        raise UnknownError(problems[0].message)
    return found


class Extent(NamedTuple):
    """How large data is."""

    depth: int
    parts: int


def extent_of(data: object) -> Extent:
    """Give how deep data is nested, 0 for a scalar, and of how many parts it is."""
    depth, parts, level = 0, 1, [data]
    while level := [part for whole in level for part in _parts_of(whole)]:
        depth, parts = depth + 1, parts + len(level)
    return Extent(depth, parts)


def _parts_of(data: object) -> Iterable[object]:
    return data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
