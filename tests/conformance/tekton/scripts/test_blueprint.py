"""The blueprint as its cases render it: no step that the other tests here do not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from conformance.tekton.scripts.rendered import BLUEPRINT, all_steps
from itdo_platform_gen.testing import cases, render_case

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTED = {(step.task, step.name): step.script for step in all_steps()}


def scripts(case: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Give the steps of every Task of a case."""
    for file in render_case(BLUEPRINT, case).values():
        for document in yaml.safe_load_all(file.text):
            if document["kind"] == "Task":
                for step in document["spec"]["steps"]:
                    yield (document["metadata"]["name"], step["name"]), step.get("script", "")


@pytest.mark.parametrize("case", list(cases(BLUEPRINT)))
def test_every_step_is_tested(case: str) -> None:
    """Word for word, whatever the values are."""
    for name, script in scripts(case):
        assert TESTED.get(name) == script, f"the step {name} is not the one that was tested"
