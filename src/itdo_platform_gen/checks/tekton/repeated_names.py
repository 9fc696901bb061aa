"""What Tekton tells apart by name has each name once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource, spec_of
from itdo_platform_gen.checks.pipelines.tasks import task_specs
from itdo_platform_gen.checks.reading import mapping, mappings, text
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph, PipelineTask
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.pipelines.tasks import Step, TaskSpec
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.diagnostics import Effect
    from itdo_platform_gen.syntax.node import Path

_RUN_LISTS = {"params": "parameter", "workspaces": "workspace", "stepSpecs": "step", "sidecarSpecs": "sidecar"}
_OVERRIDES = {"stepOverrides": "step", "sidecarOverrides": "sidecar"}


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        yield from _in_task(spec)
    for graph in graphs_of(resource):
        yield from _in_graph(graph)
    if resource.kind == "StepAction":
        yield from _repeated(resource, ("spec", "params"), "parameter")
    if resource.kind in {"TaskRun", "PipelineRun", "CustomRun"}:
        yield from _in_run(resource)
        for reference in ("taskRef", "pipelineRef"):
            yield from _repeated(resource, ("spec", reference, "params"), "parameter", fold=True)


def _in_task(spec: TaskSpec) -> Iterator[Finding]:
    path, resource = spec.path, spec.resource
    yield from _repeated(resource, (*path, "steps"), "step", empty=False)
    for field, what in (("params", "parameter"), ("workspaces", "workspace"), ("volumes", "volume")):
        yield from _repeated(resource, (*path, field), what)
    yield from _repeated(resource, (*path, "sidecars"), "sidecar", "fails", empty=False)
    yield from _repeated(resource, (*path, "results"), "result", "fails", empty=False)
    for step in spec.steps:
        yield from _repeated(resource, (*step.path, "ref", "params"), "parameter", fold=True)
        yield from _repeated(resource, (*step.path, "results"), "result", "fails", empty=False)
        if not step.is_reference:
            yield from _variables(spec, step)


def _variables(spec: TaskSpec, step: Step) -> Iterator[Finding]:
    """Look for a variable that comes again after others, which the webhook cannot put into the template's order."""
    shared = [variable for _, variable in mappings(spec.template, "env")]
    own = [(index, variable) for index, variable in mappings(step.data, "env") if variable not in shared]
    seen: list[str] = []
    for index, variable in own if shared else ():
        name = text(variable, "name")
        if name in seen[:-1] and name != seen[-1]:
            message = f"expected each variable name once beside those of stepTemplate, got {name or 'none'} again"
            yield spec.resource.find((*step.path, "env", index, "name"), message)
        seen.append(name)


def _in_graph(graph: Graph) -> Iterator[Finding]:
    resource = graph.resource
    seen: set[str] = set()
    for each in graph.tasks:
        if each.name in seen:
            yield resource.find((*each.path, "name"), f"expected each task name once, got {each.name} again")
        seen.add(each.name)
        yield from _in_pipeline_task(graph, each)
    for field, what in (("params", "parameter"), ("workspaces", "workspace")):
        yield from _repeated(resource, (*graph.path, field), what)
    yield from _repeated(resource, (*graph.path, "results"), "result", "fails")


def _in_pipeline_task(graph: Graph, task: PipelineTask) -> Iterator[Finding]:
    resource = graph.resource
    for place, _ in task.value_lists() if task.is_matrixed else [((), task.data)]:
        yield from _repeated(resource, (*task.path, *place, "params"), "parameter")
    yield from _repeated(resource, (*task.path, "workspaces"), "workspace", "fails" if graph.is_embedded else "refused")
    yield from _repeated(resource, (*task.path, "taskRef", "params"), "parameter", fold=True)


def _in_run(resource: Resource) -> Iterator[Finding]:
    for field, what in (_RUN_LISTS | _OVERRIDES).items():
        fold = field != "workspaces" or resource.kind != "PipelineRun"
        yield from _repeated(resource, ("spec", field), what, fold=fold, empty=field in {"params", "workspaces"})
    for index, _ in mappings(spec_of(resource), "taskRunSpecs"):
        for field, what in (("stepSpecs", "step"), ("sidecarSpecs", "sidecar"), *_OVERRIDES.items()):
            yield from _repeated(resource, ("spec", "taskRunSpecs", index, field), what, fold=True, empty=False)


def _repeated(  # noqa: PLR0913  lists differ in that much
    resource: Resource, path: Path, what: str, effect: Effect = "refused", *, fold: bool = False, empty: bool = True
) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, item in mappings(mapping(resource.data, *path[:-1]), path[-1]):
        name = text(item, "name")
        key = name.lower() if fold else name
        if key in seen and (name or empty):
            message = f"expected each {what} name once, got {name or 'none'} again"
            yield resource.find((*path, index, "name"), message, effect=effect)
        seen.add(key)


_GOOD = task("""\
steps:
  - {name: compile, image: IMAGE, command: [make]}
  - {name: test, image: IMAGE, command: [make, test]}
""")

RULE = Rule(
    code="TKN102",
    title="names that come twice",
    effect="refused",
    reason="Tasks, steps, parameters, results, workspaces and volumes are told apart by their names.",
    fix="give it another name, or take one of the two out",
    good=_GOOD,
    bad=_GOOD.replace("name: test", "name: compile"),
    document=each_resource(_look),
    kinds=(*EVERY_KIND, "CustomRun"),
)
