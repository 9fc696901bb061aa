"""The graph of a Pipeline: what waits for what, once each, and what comes at the end."""

from __future__ import annotations

from typing import Any

import pytest

from greeter import ROOT
from itdo_platform_gen.derive.graph import graph
from itdo_platform_gen.testing import cases, render_case

BLUEPRINT = ROOT / "blueprints/tekton-pipeline"


def _pipeline(case: str) -> Any:
    return next(d.data for d in render_case(BLUEPRINT, case).documents if d.kind == "Pipeline")


def test_arrows_follow_order_results_and_conditions() -> None:
    pipeline = {
        "spec": {
            "tasks": [
                {"name": "fetch"},
                {"name": "look"},
                {"name": "build", "runAfter": ["fetch", "look"], "when": [{"input": "$(tasks.look.results.x)"}]},
                {"name": "scan", "params": [{"name": "image", "value": "$(tasks.build.results.image)"}]},
                {"name": "deploy", "runAfter": ["build", "scan", "elsewhere"]},
            ],
            "finally": [{"name": "tell"}],
        }
    }
    assert graph(pipeline) == (
        "flowchart LR\n  fetch\n  look\n  fetch --> build\n  look --> build\n  build --> scan\n  scan --> deploy\n"
        "  subgraph finally\n    tell\n  end\n"
    )


@pytest.mark.parametrize("data", [None, [], {}, {"spec": {"tasks": [None, {"name": 5}, {"runAfter": "x"}]}}])
def test_any_shape_of_data_gives_a_graph(data: object) -> None:
    assert graph(data).startswith("flowchart LR\n")


def test_a_circle_ends() -> None:
    circle = {"spec": {"tasks": [{"name": "a", "runAfter": ["b"]}, {"name": "b", "runAfter": ["a"]}]}}
    assert graph(circle) == "flowchart LR\n  b --> a\n  a --> b\n"


def test_the_readme_shows_the_graph_of_the_blueprint() -> None:
    """Otherwise: put what this expects into the README."""
    assert f"```mermaid\n{graph(_pipeline('all'))}```\n" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("case", list(cases(BLUEPRINT)))
def test_nothing_is_promoted_that_was_not_tried_out(case: str) -> None:
    """Promotion comes after the integration tests, those after the deployment, and that after the image's checks."""
    lines = graph(_pipeline(case)).splitlines()
    edges = [tuple(line.strip().split(" --> ")) for line in lines if " --> " in line]

    def before(name: str) -> set[str]:
        found: set[str] = set()
        todo = [name]
        while todo:
            current = todo.pop()
            for source, target in edges:
                if target == current and source not in found:
                    found.add(source)
                    todo.append(source)
        return found

    names = {task["name"] for task in _pipeline(case)["spec"]["tasks"]}
    if "promote" in names:
        assert {"integration-tests", "await-deployment", "deploy", "image-build", "fetch"} <= before("promote")
    if "deploy" in names:
        assert {"image-scan", "image-attest", "secret-scan", "dependency-scan"} & names <= before("deploy")
    if "image-build" in names:
        assert {name for name in names if name.startswith(("quality-", "test-"))} <= before("image-build")
