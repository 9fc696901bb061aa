"""Documents keep to what Tekton does as it comes, without flags that an administrator has to turn on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource, spec_of
from itdo_platform_gen.checks.pipelines.tasks import step_action, task_specs
from itdo_platform_gen.checks.pipelines.texts import device_texts, reference_texts
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.pipelines.tasks import Step, TaskSpec
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.syntax.node import Path

_OF_STEP = re.compile(r"\$\(steps\.[^.]+\.(?:inputs|outputs)\.[^.)]+\)|\$\(step\.artifacts\.path\)")
_OF_TASK = re.compile(r"\$\(tasks\.[^.]+\.(?:inputs|outputs)\.[^.)]+\)|\$\(artifacts\.path\)")
_PROGRAM = {"script", "command", "args", "env"}
_STREAMS = ("stdoutConfig", "stderrConfig")
_NESTED = ("pipelineRef", "pipelineSpec")


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        yield from _in_task(spec)
    for graph in graphs_of(resource):
        yield from _in_graph(graph)
    action = step_action(resource)
    if action is not None:
        yield from _windows(resource, action)
    if resource.kind == "TaskRun" and spec_of(resource).get("debug") is not None:
        yield _flagged(resource, ("spec", "debug"), "breakpoints", "enable-api-fields: alpha")


def _in_task(spec: TaskSpec) -> Iterator[Finding]:
    for step in spec.steps:
        yield from _windows(spec.resource, step)
        for key in _STREAMS:
            if step.data.get(key) is not None:
                yield _flagged(spec.resource, (*step.path, key), key, "enable-api-fields: alpha")
        yield from _artifacts(spec.resource, step)
        yield from _conditions(spec.resource, step.path, step.data)
    yield from _enums(spec.resource, spec.path, spec.data)


def _artifacts(resource: Resource, step: Step) -> Iterator[Finding]:
    further = (*reference_texts(step.data), *device_texts(step.data))
    for path, written in (*step.texts(), *(((*step.path, *path), written) for path, written in further)):
        in_program = path[len(step.path)] in _PROGRAM and "valueFrom" not in path
        if _OF_STEP.search(written) or (in_program and _OF_TASK.search(written)):
            yield _flagged(resource, path, "artifacts", "enable-artifacts")


def _in_graph(graph: Graph) -> Iterator[Finding]:
    for task_ in graph.tasks:
        yield from _conditions(graph.resource, task_.path, task_.data)
        for key in _NESTED:
            if task_.data.get(key) is not None:
                yield _flagged(graph.resource, (*task_.path, key), "pipelines in pipelines", "enable-api-fields: alpha")
        for path, written in task_.texts(matrix=False):
            if "params" in path and _OF_TASK.search(written):
                yield _flagged(graph.resource, path, "artifacts", "enable-artifacts")
    yield from _enums(graph.resource, graph.path, graph.data)


def _windows(resource: Resource, step: Step) -> Iterator[Finding]:
    if step.script.strip().startswith("#!win"):
        yield _flagged(resource, (*step.path, "script"), "scripts for Windows", "enable-api-fields: alpha")


def _conditions(resource: Resource, path: Path, holder: object) -> Iterator[Finding]:
    for index, condition in mappings(holder, "when"):
        if text(condition, "cel"):
            place = (*path, "when", index, "cel")
            yield _flagged(resource, place, "conditions in CEL", "enable-cel-in-whenexpression")


def _enums(resource: Resource, path: Path, holder: object) -> Iterator[Finding]:
    for index, parameter in mappings(holder, "params"):
        if parameter.get("enum"):
            yield _flagged(resource, (*path, "params", index, "enum"), "enums of parameters", "enable-param-enum")


def _flagged(resource: Resource, path: Path, what: str, flag: str) -> Finding:
    return resource.find(path, f"expected what Tekton does as it comes, got {what}, which need its flag {flag}")


_GOOD = task("""\
params: [{name: mode, default: all}]
steps:
  - name: compile
    image: IMAGE
    command: [make, $(params.mode)]
    when: [{input: $(params.mode), operator: in, values: [all]}]
""")

RULE = Rule(
    code="TKN108",
    title="features behind flags",
    effect="refused",
    reason="Tekton refuses alpha features unless its ConfigMap feature-flags turns them on.",
    fix="do without it, or turn the flag on and turn this check off where it is",
    good=_GOOD,
    bad=_GOOD.replace("{input: $(params.mode), operator: in, values: [all]}", "{cel: \"'$(params.mode)' == 'all'\"}"),
    document=each_resource(_look),
    kinds=EVERY_KIND,
)
