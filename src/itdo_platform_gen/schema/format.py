"""Formats: our own files, checked against the schemas derived from their models."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.schema.validator import Validator
from itdo_platform_gen.shipped import shipped
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.node import dotted, mark_at

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.node import Node


def read_format(name: str, code: str, node: Node, problems: list[Diagnostic]) -> Any:
    """Give the data of a file of ours, or None where it does not fit `schemas/NAME.json`.

    Every fault is added to `problems` under `code`.
    """
    before = len(problems)
    data = to_data(node, problems)
    if len(problems) > before:
        return None
    validator = _validator(name)
    if validator.is_valid(data):
        return data
    for violation in validator.explain(data):
        mark = mark_at(node, violation.path, at_key=violation.at_key)
        place = dotted(violation.path) or None
        problems.append(mark.diagnose(code, violation.message, hint=violation.hint_where(mark.written), path=place))
    return None


@lru_cache
def _validator(name: str) -> Validator:
    return Validator(json.loads((shipped("schemas") / f"{name}.json").read_text("utf-8")))
