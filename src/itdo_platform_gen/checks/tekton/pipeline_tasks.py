"""A task of a pipeline says fully what it runs, where that is no Task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.pipelines.examples import pipeline
from itdo_platform_gen.checks.pipelines.graphs import each_graph
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.reading import text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph, PipelineTask
    from itdo_platform_gen.checks.rule import Finding

_GROUPED = 2


def _look(graph: Graph) -> Iterator[Finding]:
    for task in graph.tasks:
        for field in ("taskRef", "taskSpec"):
            if isinstance(task.data.get(field), dict):
                yield from _kind(graph, task, field, task.data[field])


def _kind(graph: Graph, task: PipelineTask, field: str, holder: dict[str, Any]) -> Iterator[Finding]:
    version, kind = text(holder, "apiVersion"), text(holder, "kind")
    place = (*task.path, field)
    if field == "taskSpec" and holder.get("steps"):
        for key in ("apiVersion", "kind"):
            if text(holder, key):
                message = f"expected no {key} beside steps, which are those of a Task"
                yield graph.resource.find((*place, key), message, at_key=True)
    is_custom = bool(version) or kind not in {"", "Task"}
    if is_custom and not kind and field == "taskSpec":
        yield graph.resource.find((*place, "kind"), "expected a kind beside the apiVersion of a custom task")
    if is_custom and not version:
        hint = "there are no ClusterTasks any more: make it a Task, or take it in by a resolver"
        message = f"expected an apiVersion for a custom task of kind {kind}, got none"
        yield graph.resource.find((*place, "kind"), message, hint if kind == "ClusterTask" else None)
    elif version and (version.count("/") != 1 or len([part for part in version.split("/") if part]) != _GROUPED):
        message = f"expected an apiVersion such as example.com/v1 of a custom task, got {show(version)}"
        yield graph.resource.find((*place, "apiVersion"), message)


_GOOD = pipeline("""\
tasks:
  - name: wait
    taskRef: {apiVersion: example.com/v1, kind: Wait, name: a-minute}
""")

RULE = Rule(
    code="TKN123",
    title="what tasks of a pipeline run",
    effect="refused",
    reason="A task runs the Task that taskRef names or that taskSpec holds; other kinds say their apiVersion.",
    fix="write taskRef: {name: …} for a Task, and apiVersion and kind for a custom task",
    good=_GOOD,
    bad=_GOOD.replace("apiVersion: example.com/v1, kind: Wait", "kind: ClusterTask"),
    document=each_graph(_look),
    kinds=SPEC_KINDS,
)
