"""Values given on the command line: `--values FILE` and `--set name=value`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.scope import ANY
from itdo_platform_gen.blueprint.values import Given, given
from itdo_platform_gen.diagnostics import in_order
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.compose import DEEPEST, compose
from itdo_platform_gen.syntax.mark import Mark, Text
from itdo_platform_gen.syntax.node import Mapping as MappingNode
from itdo_platform_gen.syntax.node import Scalar
from itdo_platform_gen.syntax.source import LARGEST_FILE, decode_text, read_text, shown

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from itdo_platform_gen.blueprint.scope import Shape
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.node import Node


def sources(arguments: Namespace, shape: Mapping[str, Shape]) -> tuple[Given, ...]:
    """Read the values given, in the order in which a later one goes before an earlier one.

    What is set is read by the shape of the parameter: for one of text, `3.10` is text.

    Raises DiagnosticsError where a file cannot be read.
    """
    problems: list[Diagnostic] = []
    found = []
    for name in arguments.values:
        text = read_input() if name == "-" else read_text(Path(name), shown(Path(name)))
        documents = compose(text)
        message = "a file of values holds one document"
        problems += [document.node.mark.diagnose("VAL004", message) for document in documents[1:]]
        found += [given(document.node, problems) for document in documents[:1]]
    if problems:
        raise DiagnosticsError(in_order(problems))
    return (*found, *assigned(arguments, shape))


def assigned(arguments: Namespace, shape: Mapping[str, Shape]) -> tuple[Given, ...]:
    """Read the values that are set one by one."""
    return tuple(_set(assignment, shape) for assignment in arguments.set)


def read_input() -> Text:
    """Read standard input.

    Raises DiagnosticsError where it is too large or not UTF-8.
    """
    return decode_text(sys.stdin.buffer.read(LARGEST_FILE + 1), "<stdin>")


def _set(assignment: str, shape: Mapping[str, Shape]) -> Given:
    """Make `a.b=1` the values `{a: {b: 1}}`, with the assignment as the text that marks point into."""
    name, _, written = assignment.partition("=")
    text = Text("--set", assignment)
    value = _value(written)
    if not isinstance(value, str) and _is_text(name.split("."), shape):
        value = written
    data = value
    node: Node = Scalar(Mark(text, 0, len(name) + 1, len(name) + 1, len(assignment)), written, plain=False)
    end = len(name)
    for part in reversed(name.split(".")):
        start = end - len(part)
        key = Scalar(Mark(text, 0, start, start, end), part, plain=False)
        data, node = {part: data}, MappingNode(key.mark, [(key, node)])
        end = start - 1
    return Given(data, node)


def _is_text(names: list[str], shape: Mapping[str, Shape]) -> bool:
    known = shape.get(names[0], ANY)
    for name in names[1:]:
        known = (known.keys or {}).get(name, ANY)
    return known.type == "string"


def _value(written: str) -> Any:
    """Read JSON; what is none, or could not be written as YAML, is text."""
    try:
        value = json.loads(written, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
        return value if _depth(value) <= DEEPEST else written
    except (ValueError, RecursionError):
        return written


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)
