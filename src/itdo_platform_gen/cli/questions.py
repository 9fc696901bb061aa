"""Questions: values that a command asks for at a terminal."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.values import taken
from itdo_platform_gen.errors import DiagnosticsError

if TYPE_CHECKING:
    from itdo_platform_gen.blueprint.blueprint import Blueprint
    from itdo_platform_gen.blueprint.parameters import Row
    from itdo_platform_gen.blueprint.values import Given, Values

_WRONG = ("VAL002", "VAL003")


def asked(blueprint: Blueprint, sources: tuple[Given, ...]) -> Values:
    """Give checked values; at a terminal, what is missing or does not fit is asked for until it does.

    Raises DiagnosticsError where nobody can be asked, or what is wrong was not asked for.
    """
    rows = {row.name: row for row in blueprint.parameters.rows() if "." not in row.name and "[" not in row.name}
    while True:
        try:
            return blueprint.values(sources)
        except DiagnosticsError as error:
            found = {d.path: d for d in error.diagnostics if d.code in _WRONG and d.path}
            names = [name for name in rows if f"values.{name}" in found]
            if not names or len(names) < len(error.diagnostics) or not _is_answered():
                raise
            for name in names:
                fault = found[f"values.{name}"]
                if fault.code != "VAL002":
                    print(f"  {fault.message}", file=sys.stderr)
                sources = (*sources, taken({name: _answer(rows[name])}))


def _is_answered() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _answer(row: Row) -> object:
    description = f" ({row.description})" if row.description else ""
    print(f"{row.name}{description}", file=sys.stderr)
    print("> ", end="", file=sys.stderr, flush=True)
    written = sys.stdin.readline()
    if not written:
        raise KeyboardInterrupt
    text = written.rstrip("\n")
    if row.type in {"boolean", "integer", "number"} or row.type.startswith("list"):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
