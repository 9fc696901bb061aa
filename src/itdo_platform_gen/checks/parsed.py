"""Parsed: what files of JSON and YAML hold, as Backstage reads them: by JSON.parse, and yaml 2 from npm."""

from __future__ import annotations

from json import loads
from typing import TYPE_CHECKING

from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic

_FAULTY = frozenset({"YAML001", "YAML002"})
"""Of what we do not read as YAML, that which Backstage does not either: no YAML, and keys that come twice."""


class UnreadableError(ValueError):
    """The file is not what it has to be; the words it is made with say why."""

    def __str__(self) -> str:
        """Give the words."""
        return " ".join(map(str, self.args))


class UnknownError(ValueError):
    """The file is not at hand, or YAML that only Backstage may read, such as one with tags."""


def json_in(content: str) -> object:
    """Give what a file of JSON holds; raises UnreadableError."""
    try:
        return loads(content, parse_constant=_no_constant)
    except ValueError as error:
        raise UnreadableError("not valid JSON:", error) from None


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
