"""Data: nodes become plain strings, numbers, booleans, lists and mappings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from itdo_platform_gen.syntax.node import Mapping, Node, Scalar, Sequence
from itdo_platform_gen.syntax.scalar import NotFiniteError, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from itdo_platform_gen.diagnostics import Diagnostic

_LONGEST_SHOWN = 60


def to_data(
    node: Node,
    problems: list[Diagnostic],
    *,
    resolve: Callable[[Scalar], object] = resolve,
    any_key: bool = False,
) -> object:
    """Give the data of a node; what cannot be data is added to `problems` and stands as None.

    `resolve` reads unquoted scalars. With `any_key` a key that reads as a number or boolean is taken as its JSON
    text, which is what Kubernetes does; else it is a problem.
    """
    if isinstance(node, Scalar):
        return scalar_data(node, problems, resolve)
    if isinstance(node, Sequence):
        return [to_data(item, problems, resolve=resolve, any_key=any_key) for item in node.items]
    data: dict[str, object] = {}
    for key, value in node.entries:
        name = scalar_data(key, problems, resolve) if any_key and key.plain else key_name(key, problems)
        text = name if isinstance(name, str) else json.dumps(name)
        if text in data:
            problems.append(duplicate(node, key))
        data[text] = to_data(value, problems, resolve=resolve, any_key=any_key)
    return data


def scalar_data(node: Scalar, problems: list[Diagnostic], resolve: Callable[[Scalar], object] = resolve) -> object:
    """Give the value of a scalar; infinity and not-a-number, which JSON lacks, are a problem."""
    try:
        return resolve(node)
    except NotFiniteError:
        shown = _shortened(node.value)
        problems.append(node.mark.diagnose("YAML009", f"{shown} is no JSON number", hint="quote it for text"))
        return None


def key_name(key: Scalar, problems: list[Diagnostic]) -> str:
    """Give the text of a key; one that reads as something else than a string is a problem."""
    value = scalar_data(key, problems)
    if not isinstance(value, str):
        message = f"a key must be a string, got {show(value)}"
        problems.append(key.mark.diagnose("YAML007", message, hint=f'quote it: "{key.value}"'))
    return key.value


def duplicate(mapping: Mapping, key: Scalar) -> Diagnostic:
    """Make the diagnostic of a key that its mapping has already."""
    first = next(other for other, _ in mapping.entries if other.value == key.value)
    related = (first.mark.related("first one at"),) if first is not key else ()
    return key.mark.diagnose("YAML002", f"key {show(key.value)} comes twice", related=related)


def show(value: object) -> str:
    """Write a value as JSON for a message, shortened where it is long."""
    return _shortened(json.dumps(value, ensure_ascii=False, default=str))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def describe(value: object) -> str:
    """Name the type of a value with its article, as messages do."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    names = {int: "an integer", float: "a number", str: "a string", list: "a list", dict: "a mapping"}
    return names.get(type(value), "a value")


def leaves(data: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Walk data from the root down, giving each part with its path."""
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from leaves(value, (*path, index))
