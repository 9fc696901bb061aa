"""Rules take any shape of data: the examples of all rules with odd values at any place give findings, never a crash."""

from __future__ import annotations

import copy
import json
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from itdo_platform_gen.checks.rule import rules
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.mark import Text

WORLDS = [list(yaml.safe_load_all(example)) for rule in rules() for example in (rule.good, rule.bad)]
ODD: list[Any] = [None, 5, -1, 1.5, True, "", "x", "1e9", 10**30, [], {}, [[]], [None], [{}], {"a": None}, {"a": [1]}]


def _places(data: Any) -> list[tuple[Any, Any]]:
    keys = list(data) if isinstance(data, dict) else list(range(len(data))) if isinstance(data, list) else []
    return [(data, key) for key in keys] + [place for key in keys for place in _places(data[key])]


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_no_rule_takes_a_shape_for_granted(data: st.DataObject) -> None:
    world = copy.deepcopy(data.draw(st.sampled_from(WORLDS)))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(_places(world)))
        holder[key] = copy.deepcopy(data.draw(st.sampled_from(ODD)))
    text = "\n---\n".join(json.dumps(document) for document in world)
    validate([Text("odd.yaml", text)])
