"""The graph of a Pipeline: what waits for what, once each, and what comes at the end."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from greeter import ROOT
from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.derive.graph import graph
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.rendering import render_blueprint
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


# What each stage needs: turned off with it.
NEEDS = {
    "image-scan": "image",
    "signature": "image",
    "deploy": "image",
    "integration": "deploy",
    "performance": "deploy",
    "promotion": "integration",
}
STAGES = ("quality", "tests", "security", "image", *NEEDS)
EXTRAS = [
    {"name": f"{position}-{stage}", "task": "check", "stage": stage, "position": position}
    for stage in ("fetch", "checks", "image", "deploy", "integration", "performance", "promotion")
    for position in ("before", "after")
]


@pytest.mark.parametrize("case", list(cases(BLUEPRINT)))
def test_nothing_is_promoted_that_was_not_tried_out(case: str) -> None:
    """Promotion comes after the integration tests, those after the deployment, and that after the image's checks."""
    _assert_order(_pipeline(case))


@pytest.mark.parametrize("extends", [[], EXTRAS], ids=["plain", "extended"])
@pytest.mark.parametrize("off", [*STAGES, ""])
def test_the_order_holds_without_a_stage(off: str, extends: list[dict[str, str]]) -> None:
    """A stage that is turned off takes along those that need it; what is left still waits for all it has to."""
    stages = [stage for stage in STAGES if off not in _needed(stage)]
    bundle = render_blueprint(load_blueprint(BLUEPRINT), {"stages": stages, "extends": extends})
    assert [finding for finding in bundle.diagnostics if finding.severity != "notice"] == []
    pipeline: Any = next(d.data for d in bundle.documents if d.kind == "Pipeline")
    _assert_order(pipeline)
    if extends:
        before = _before(pipeline)
        assert before["before-fetch"] == set()
        line = [extra["name"] for extra in EXTRAS]
        assert all(earlier in before[later] for earlier, later in pairwise(line))


@pytest.mark.parametrize("stage", NEEDS)
def test_no_stage_without_what_it_needs(stage: str) -> None:
    stages = [other for other in STAGES if NEEDS[stage] not in _needed(other) or other == stage]
    with pytest.raises(DiagnosticsError, match=r"values\.stages"):
        render_blueprint(load_blueprint(BLUEPRINT), {"stages": stages})


def test_nothing_is_promoted_to_where_it_was_tried_out() -> None:
    only = {"name": "production", "application": "orders", "path": "apps/orders", "url": "https://orders.example.com"}
    with pytest.raises(DiagnosticsError, match="at least 2 items"):
        render_blueprint(load_blueprint(BLUEPRINT), {"environments": [only]})


def test_no_two_environments_are_one_folder() -> None:
    """Else promotion would write what the deployment wrote, and nobody would be asked."""
    one = {"name": "staging", "application": "a", "path": "apps/orders", "url": "https://a.example.com"}
    with pytest.raises(DiagnosticsError, match="apps/orders"):
        render_blueprint(load_blueprint(BLUEPRINT), {"environments": [one, {**one, "name": "production"}]})


@pytest.mark.parametrize("path", ["../production", "apps/../../etc", "/apps", "apps//orders", ".", ""])
def test_no_path_leaves_the_gitops_repository(path: str) -> None:
    one = {"name": "staging", "application": "a", "path": path, "url": "https://a.example.com"}
    with pytest.raises(DiagnosticsError, match=r"values\.environments\[0\]\.path"):
        render_blueprint(load_blueprint(BLUEPRINT), {"environments": [one, {**one, "name": "b", "path": "apps/b"}]})


def _needed(stage: str) -> set[str]:
    """Give a stage and all that it needs."""
    return {stage} | (_needed(NEEDS[stage]) if stage in NEEDS else set())


def _assert_order(pipeline: Any) -> None:
    before = _before(pipeline)
    names = set(before)
    checks = {
        name for name in names if name.startswith(("quality-", "test-")) or name in {"dependency-scan", "secret-scan"}
    }
    after = {
        "image-build": checks,
        "deploy": checks | {"image-scan", "image-attest"},
        "integration-tests": {"await-deployment"},
        "performance-tests": {"await-deployment", "integration-tests"},
    }
    for name, earlier in after.items():
        assert earlier & names <= before.get(name, names)
    if "promote" in names:
        assert {"fetch", "image-build", "deploy", "await-deployment", "integration-tests"} <= before["promote"]
        assert {"performance-tests"} & names <= before["promote"]


def _before(pipeline: Any) -> dict[str, set[str]]:
    """Give all that comes before each task, as the graph has it."""
    edges = [line.strip().split(" --> ") for line in graph(pipeline).splitlines() if " --> " in line]
    found: dict[str, set[str]] = {task["name"]: set() for task in pipeline["spec"]["tasks"]}
    for _ in found:
        for source, target in edges:
            found[target] |= {source} | found[source]
    return found
