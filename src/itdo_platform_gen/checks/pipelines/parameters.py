"""Parameters: those that Tasks, Pipelines and StepActions declare, and the values given to them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.reading import mappings, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from itdo_platform_gen.syntax.node import Path

TYPES = ("string", "array", "object")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter that is declared, or known since a value is given to it; `keys` are an object's properties."""

    name: str
    type: str
    keys: frozenset[str] | None = None
    path: Path = ()
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def is_required(self) -> bool:
        """Whether a value has to be given."""
        return self.data.get("default") is None


def type_of(value: object) -> str:
    """Give the type that Tekton takes a value for: a list of other things than text is read as text."""
    if isinstance(value, list) and all(part is None or isinstance(part, str) for part in value):
        return "array"
    if isinstance(value, dict) and all(part is None or isinstance(part, str) for part in value.values()):
        return "object"
    return "string"


def texts_of(value: object) -> Iterator[tuple[Path, str]]:
    """Give each text in a value, with its path in it."""
    if isinstance(value, str):
        yield (), value
    elif type_of(value) == "array" and isinstance(value, list):
        yield from (((index,), part) for index, part in enumerate(value) if isinstance(part, str))
    elif type_of(value) == "object" and isinstance(value, dict):
        yield from (((key,), part) for key, part in value.items() if isinstance(part, str))
    elif isinstance(value, (list, dict)):
        yield (), json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=str)


def declared(data: object, path: Path) -> list[Parameter]:
    """Give the parameters that the `params` of a spec declare, with the types that Tekton gives them."""
    return [
        Parameter(text(item, "name"), _type(item), keys_of(item), (*path, "params", index), item)
        for index, item in mappings(data, "params")
    ]


def keys_of(item: dict[str, Any]) -> frozenset[str] | None:
    """Give the keys of the properties of a parameter or result, None without any: the server drops an empty mapping."""
    properties = item.get("properties")
    return frozenset(map(str, properties)) if isinstance(properties, dict) and properties else None


def _type(item: dict[str, Any]) -> str:
    if item.get("type"):
        return str(item["type"])
    if isinstance(item.get("properties"), dict):
        return "object"
    return "string" if item.get("default") is None else type_of(item["default"])


def given(data: object, path: Path) -> list[Parameter]:
    """Give what the values in the `params` of a run or a pipeline's task make known."""
    return [
        Parameter(
            text(item, "name"),
            type_of(item.get("value")),
            frozenset(item["value"]) if type_of(item.get("value")) == "object" else None,
            (*path, "params", index),
            item,
        )
        for index, item in mappings(data, "params")
    ]


def merged(values: Iterable[Parameter], specs: Iterable[Parameter]) -> list[Parameter]:
    """Give the parameters known to an embedded spec: those given to its run, and those that it declares."""
    known = {value.name: value for value in values}
    for spec in specs:
        value = known.get(spec.name)
        if value is None:
            known[spec.name] = spec
        elif value.type == "object":
            known[spec.name] = Parameter(spec.name, "object", spec.keys or value.keys, spec.path, spec.data)
        else:
            known[spec.name] = Parameter(spec.name, value.type, value.keys, spec.path, spec.data)
    return list(known.values())


def widened(known: Iterable[Parameter], values: Iterable[Parameter]) -> list[Parameter]:
    """Give known parameters with those that more values make known, and more keys of the objects among them."""
    found = {each.name: each for each in known}
    for value in values:
        other = found.get(value.name, value)
        keys = (other.keys or frozenset()) | (value.keys or frozenset())
        found[value.name] = Parameter(other.name, other.type, keys or None, other.path, other.data)
    return list(found.values())


def names(parameters: Iterable[Parameter], *types: str) -> frozenset[str]:
    """Give the names of parameters, of some types or of all."""
    return frozenset(each.name for each in parameters if not types or each.type in types)
