"""Variables and steps name workspaces that are declared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS, each_resource, spec_of
from itdo_platform_gen.checks.pipelines.tasks import task_specs
from itdo_platform_gen.checks.pipelines.texts import shared_texts
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.pipelines.tasks import TaskSpec
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.syntax.node import Path

_REFERENCE = re.compile(r"\$\(workspaces\.([_a-zA-Z0-9-]+)\.([_a-zA-Z0-9.-]+)\)")
_OF_TASKS = ("path", "bound", "claim", "volume")
_OF_PIPELINES = ("bound",)


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        yield from _in_task(spec)
    for graph in graphs_of(resource):
        yield from _in_graph(graph)


def _of_run(resource: Resource) -> list[str]:
    return [text(workspace, "name") for _, workspace in mappings(spec_of(resource), "workspaces")]


def _in_task(spec: TaskSpec) -> Iterator[Finding]:
    known = list(spec.workspaces)
    if spec.resource.kind in {"TaskRun", "PipelineRun"}:
        known += _of_run(spec.resource)
    if spec.graph is not None:
        known += spec.graph.workspaces
    for step in (*spec.steps, *spec.sidecars):
        for index, usage in mappings(step.data, "workspaces"):
            name = text(usage, "name")
            if name not in spec.workspaces:
                message = f"expected a workspace that the Task declares, got {name or 'none'}"
                place = (*step.path, "workspaces", index, "name")
                yield spec.resource.find(place, message, suggest(name, spec.workspaces))
    own = (place for step in spec.steps for place in step.texts())
    shared = (((*spec.path, *path), written) for path, written in shared_texts(spec.data))
    for path, written in (*own, *shared):
        yield from _text(spec.resource, path, written, known, _OF_TASKS)


def _in_graph(graph: Graph) -> Iterator[Finding]:
    known = [*graph.workspaces, *(_of_run(graph.resource) if graph.is_embedded else ())]
    for task_ in graph.tasks:
        for path, written in task_.texts():
            yield from _text(graph.resource, path, written, known, _OF_PIPELINES)


def _text(resource: Resource, path: Path, written: str, known: list[str], fields: tuple[str, ...]) -> Iterator[Finding]:
    for name, field in _REFERENCE.findall(written) if "$(workspaces." in written else ():
        if fields == _OF_PIPELINES and field in _OF_TASKS[:1] + _OF_TASKS[2:]:
            continue  # it goes on to the Task as it is, and is of the Task's workspaces
        if name not in known:
            message = f"expected a workspace that is declared, got {name}"
            yield resource.find(path, message, suggest(name, known) or "declare it under workspaces:", "fails")
        elif field not in fields:
            message = f"expected {' or '.join(fields)} of the workspace {name}, got {field}"
            yield resource.find(path, message, suggest(field, fields), "fails")


_GOOD = task("""\
workspaces: [{name: source}]
steps:
  - name: compile
    image: IMAGE
    workingDir: $(workspaces.source.path)
    command: [make]
""")

RULE = Rule(
    code="TKN118",
    title="workspaces that are not declared",
    effect="refused",
    reason="Nothing stands in for a variable of a workspace that is not declared: the text goes on as it is.",
    fix="declare it under workspaces:, or correct the name",
    good=_GOOD,
    bad=_GOOD + "      args: [-C, $(workspaces.src.path)]\n",
    document=each_resource(_look),
    kinds=SPEC_KINDS,
)
