"""Explanation: from the errors that `jsonschema` finds to violations, one for each cause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from itdo_platform_gen.schema.violation import Json, Path, Violation, by_path
from itdo_platform_gen.schema.wording import as_list, hinted, said, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# A value of the wrong type breaks these too: that would be the same thing said twice.
_MOOT_BESIDE_TYPE = frozenset({"const", "enum", "oneOf"})
_UNIONS = frozenset({"anyOf", "oneOf"})
# What these find is a matter of structure, whatever else the schema around them asks.
_STRUCTURE = frozenset({"additionalProperties", "type"})

CODE, SAYS = "x-code", "x-says"
"""The keywords of ours: the code of what a schema asks, and what it asks in words."""


class Fault(Protocol):
    """What is read of an error of `jsonschema`, whose annotations are wider."""

    validator: Json
    validator_value: Json
    instance: Json
    schema: Json

    @property
    def absolute_path(self) -> Sequence[str | int]: ...
    @property
    def relative_path(self) -> Sequence[str | int]: ...
    @property
    def relative_schema_path(self) -> Sequence[str | int]: ...
    @property
    def context(self) -> Json: ...


@dataclass(frozen=True, slots=True)
class _Cause:
    path: Path
    keyword: str
    wanted: Json
    value: Json
    schema: Mapping[str, Json]
    at_key: bool

    def violation(self) -> Violation:
        words = self.schema.get(SAYS) if self.keyword != "required" else None
        message = f"expected {words}, got {shown(self.value)}" if words else said(self.keyword, self.wanted, self.value)
        hint = hinted(self.keyword, self.wanted, self.value, self.schema)
        code = self.schema.get(CODE) if self.keyword not in _STRUCTURE else None
        return Violation(self.path, message, hint, self.at_key, code, self.keyword)


def explain(faults: Iterable[Fault]) -> list[Violation]:
    """Give the violations behind errors, each once, in the order of their paths."""
    causes = [_cause(fault) for fault in faults]
    mistyped = {cause.path for cause in causes if cause.keyword == "type"}
    telling = [c for c in causes if c.path not in mistyped or c.keyword not in _MOOT_BESIDE_TYPE]
    return sorted(dict.fromkeys(cause.violation() for cause in telling), key=by_path)


def _cause(fault: Fault) -> _Cause:
    spoken = isinstance(fault.schema, dict) and SAYS in fault.schema
    if fault.validator in _UNIONS and fault.context and not spoken:
        return _cause_in_union(fault)
    return _caused_by(fault, str(fault.validator), fault.validator_value)


def _caused_by(fault: Fault, keyword: str, wanted: Json) -> _Cause:
    return _Cause(
        path=tuple(fault.absolute_path),
        keyword=keyword,
        wanted=wanted,
        value=fault.instance,
        schema=fault.schema if isinstance(fault.schema, dict) else {},
        at_key=keyword == "additionalProperties" or _is_about_key(list(fault.relative_schema_path)),
    )


def _cause_in_union(fault: Fault) -> _Cause:
    """Give the one cause that helps most: of the form that the value is nearest to, if it is near to any."""
    forms: dict[str | int, list[Fault]] = {}
    for part in fault.context:
        forms.setdefault(part.relative_schema_path[0], []).append(part)
    for keyword in ("type", "required"):
        here = [[part for part in form if _is_here(part, keyword)] for form in forms.values()]
        if all(here):
            wanted = [name for parts in here for part in parts for name in as_list(part.validator_value)]
            return _caused_by(fault, keyword, list(dict.fromkeys(wanted)))
    nearest = min(forms.values(), key=_distance)
    return min(map(_cause, nearest), key=lambda cause: by_path(cause.violation()))


def _distance(form: list[Fault]) -> tuple[bool, bool, int]:
    """Measure how far a value is from a form: wrong type, then another `kind`, then the number of faults."""
    another = any(part.validator in {"const", "enum"} and len(part.relative_path) <= 1 for part in form)
    return any(_is_here(part, "type") for part in form), another, len(form)


def _is_here(part: Fault, keyword: str) -> bool:
    return part.validator == keyword and not part.relative_path


def _is_about_key(schema_path: list[str | int]) -> bool:
    return any(
        step == "propertyNames" and (place == 0 or schema_path[place - 1] != "properties")
        for place, step in enumerate(schema_path)
    )
