"""Fixes: changes to a text that have one safe answer, each proven on the document's data before it is made."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.validate import read_documents
from itdo_platform_gen.render.document import NodeOrigins
from itdo_platform_gen.schema.store import Schemas
from itdo_platform_gen.schema.violation import QUOTE
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.syntax.near import close
from itdo_platform_gen.syntax.node import Mapping, Scalar, Sequence, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.schema.validator import Validator
    from itdo_platform_gen.schema.violation import Violation
    from itdo_platform_gen.syntax.node import Node, Path

_MOST_ROUNDS = 5
_WRITE = "write "
_LIST = "write a list"
_MEANT = "did you mean "
_FORMER = "extensions"
"""The group that Deployments, Ingresses and the like have moved out of."""
_WITHOUT = " without quotes"


@dataclass(frozen=True, slots=True)
class _Edit:
    scalar: Scalar
    written: str
    said: str


def fixed(text: Text, kubernetes: str) -> tuple[Text, list[str]]:
    """Give a text with its fixes made, and a line for each: `a.yaml:3:5: fixed: 80 becomes "80"`.

    A fix may bring the next one to light, as a key that is now known does for its value.
    """
    schemas = Schemas(kubernetes)
    told: list[str] = []
    for _ in range(_MOST_ROUNDS):
        problems: list[Diagnostic] = []
        documents = read_documents(text, problems)
        edits = {edit.scalar.mark.start: edit for document in documents for edit in _edits(document, schemas)}
        if not edits:
            break
        content = text.content
        for start, edit in sorted(edits.items(), reverse=True):
            content = content[:start] + edit.written + content[edit.scalar.mark.end :]
        told += [edit.said for _, edit in sorted(edits.items())]
        text = Text(text.name, content)
    return text, told


def _edits(document: Document, schemas: Schemas) -> Iterator[_Edit]:
    if not isinstance(document.origins, NodeOrigins) or not document.kind or not isinstance(document.data, dict):
        return
    root = document.origins.node
    validator = schemas.find(document.api_version, document.kind)
    if validator is None:
        yield from _other_version(document, root, schemas)
        return
    if validator.is_valid(document.data):
        return
    repeated = _repeated(root)
    violations = validator.explain(document.data)
    for violation in violations:
        scalar = _scalar_at(root, violation.path, at_key=violation.at_key)
        if scalar is None or id(scalar) in repeated or "\n" in scalar.mark.written or scalar.tag is not None:
            continue
        find = _other_key if violation.at_key else _other_value
        yield from find(document, violation, scalar, validator, len(violations))


def _other_version(document: Document, root: Node, schemas: Schemas) -> Iterator[_Edit]:
    """Replace an apiVersion that the target lacks by the only one that has the kind, where the rest fits it."""
    scalar = _scalar_at(root, ("apiVersion",), at_key=False)
    group = document.api_version.rpartition("/")[0]
    every = schemas.api_versions_of(document.kind)
    known = [version for version in every if group in (version.rpartition("/")[0], _FORMER)]
    if scalar is None or len(known) != 1:
        return
    validator = schemas.find(known[0], document.kind)
    data = _with(document.data, ("apiVersion",), known[0])
    if validator is not None and validator.is_valid(data):
        yield _edit(scalar, _like(scalar, known[0]), document, ("apiVersion",))


def _other_value(
    document: Document, violation: Violation, scalar: Scalar, validator: Validator, faults: int
) -> Iterator[_Edit]:
    """Quote a value, or take its quotes off."""
    hint = violation.hint_where(scalar.mark.written) or ""
    if hint.startswith(QUOTE) and scalar.plain:
        written, value = f'"{scalar.value}"', scalar.value
    elif hint.startswith(_WRITE):
        written = hint.removeprefix(_WRITE).removesuffix(_WITHOUT)
        try:
            value = json.loads(written)
        except ValueError:
            return
    else:
        return
    if len(validator.explain(_with(document.data, violation.path, value))) < faults:
        yield _edit(scalar, written, document, violation.path)


def _other_key(
    document: Document, violation: Violation, scalar: Scalar, validator: Validator, faults: int
) -> Iterator[_Edit]:
    """Correct a key that is one letter or two away from a known one, and from no second."""
    hint = violation.hint or ""
    near = hint.removeprefix(_MEANT).removesuffix("?")
    if near == hint or not close(scalar.value, near):
        return
    data: Any = deepcopy(document.data)
    holder = data
    for part in violation.path[:-1]:
        holder = holder[part]
    if near in holder:
        return
    renamed = {near if key == scalar.value else key: value for key, value in holder.items()}
    holder.clear()
    holder.update(renamed)
    place = (*violation.path[:-1], near)
    left = validator.explain(data)
    below = [fault for fault in left if fault.path[: len(place)] == place]
    if len(left) - len(below) < faults and all(_is_small(fault) for fault in below):
        yield _edit(scalar, _like(scalar, near), document, violation.path)


def _is_small(fault: Violation) -> bool:
    """Tell whether a fault below a corrected key may well be the next to be fixed, and says nothing against the key."""
    return (fault.hint or "").startswith((QUOTE, _WRITE, _MEANT)) and not (fault.hint or "").startswith(_LIST)


def _edit(scalar: Scalar, written: str, document: Document, path: Path) -> _Edit:
    mark = scalar.mark
    place = f"{mark.text.name}:{mark.line + 1}:{mark.column + 1}"
    subject = " ".join(part for part in (document.resource, dotted(path)) if part)
    return _Edit(scalar, written, f"{place}: fixed {subject}: {mark.written} becomes {written}")


def _like(scalar: Scalar, value: str) -> str:
    """Write another text with the quotes of the first."""
    quote = scalar.mark.written[:1]
    return f"{quote}{value}{quote}" if not scalar.plain and quote in {'"', "'"} else value


def _with(data: object, path: Path, value: object) -> Any:
    """Give a copy of data with another value at a path."""
    copy: Any = deepcopy(data)
    holder = copy
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = value
    return copy


def _scalar_at(node: Node, path: Path, *, at_key: bool) -> Scalar | None:
    """Give the scalar exactly at a path, or the key at its end, None where something else or nothing is there."""
    for place, part in enumerate(path):
        if isinstance(node, Mapping) and isinstance(part, str):
            entry = next((entry for entry in node.entries if entry[0].value == part), None)
            if entry is None:
                return None
            if at_key and place == len(path) - 1:
                return entry[0]
            node = entry[1]
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
        else:
            return None
    return node if isinstance(node, Scalar) and not at_key else None


def _repeated(node: Node) -> set[int]:
    """Give the scalars that aliases repeat: to change one would change it in several places."""
    seen: set[int] = set()
    twice: set[int] = set()
    stack: list[Node] = [node]
    while stack:
        current = stack.pop()
        if id(current) in twice:
            continue
        (twice if id(current) in seen else seen).add(id(current))
        if isinstance(current, Sequence):
            stack += current.items
        elif isinstance(current, Mapping):
            for key, value in current.entries:
                stack += [key, value]
    return twice
