"""Actions: what a step of a Backstage template may do, the schema of its input and the names of its outputs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.schema.validator import Validator
from itdo_platform_gen.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Action:
    """One action that a backend with the modules for GitHub and GitLab registers."""

    name: str
    input: Mapping[str, Any]
    """The JSON Schema of what it takes."""
    outputs: frozenset[str]
    validator: Validator


@cache
def actions() -> Mapping[str, Action]:
    """Give every action by its id; `schemas/SOURCES.yaml` says of which packages."""
    listed = json.loads((shipped("schemas") / "actions.json").read_text("utf-8"))
    return {
        name: Action(name, entry["input"], frozenset(entry["output"]), Validator(entry["input"]))
        for name, entry in listed.items()
    }
