"""YAML as others read it: by version 1.1, by version 1.2, and by the tools of Kubernetes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from ruamel.yaml import YAML

from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.syntax.scalar import resolve_as_kubernetes

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic


def read_1_1(text: str) -> list[object]:
    """Read every document by YAML 1.1, with PyYAML."""
    return list(yaml.safe_load_all(text))


def read_1_2(text: str) -> list[object]:
    """Read every document by YAML 1.2, with ruamel.yaml's own parser."""
    return list(YAML(typ="safe", pure=True).load_all(text))


def read_as_kubernetes(text: str) -> list[object]:
    """Read every document as go-yaml 2 does."""
    problems: list[Diagnostic] = []
    documents = [
        to_data(document.node, problems, resolve=resolve_as_kubernetes, any_key=True)
        for document in compose(Text("t", text))
    ]
    assert problems == []
    return documents


def same(one: object, other: object) -> bool:
    """Tell whether data are the same, types included: to Python, 1 is 1.0 and true."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return repr(one) == repr(other)


def in_kubernetes(data: object) -> object:
    """Give data as Go holds them: an integer of more than 64 bits is a float there."""
    if isinstance(data, dict):
        return {key: in_kubernetes(value) for key, value in data.items()}
    if isinstance(data, list):
        return [in_kubernetes(item) for item in data]
    if type(data) is int and not -(2**63) <= data < 2**64:
        return float(data)
    return data
