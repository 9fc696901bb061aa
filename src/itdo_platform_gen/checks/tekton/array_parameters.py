"""An array stands where a list of texts can, and alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.parameters import declared, names, texts_of, type_of
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.tasks import is_seen, step_action, task_specs
from itdo_platform_gen.checks.pipelines.variables import any_of, is_whole_reference, stands_alone
from itdo_platform_gen.checks.reading import mappings
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph, PipelineTask
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.pipelines.tasks import Step, TaskSpec
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.diagnostics import Effect
    from itdo_platform_gen.syntax.node import Path

_LISTS = {"command", "args"}


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        yield from _in_task(spec)
    for graph in graphs_of(resource):
        yield from _in_graph(graph)
    action = step_action(resource)
    if action is not None:
        yield from _in_step(resource, action, names(declared(action.data, action.path), "array"), "refused")


def _in_task(spec: TaskSpec) -> Iterator[Finding]:
    own, every = names(spec.parameters, "array"), names(spec.scope, "array")
    seen = every if spec.resource.kind in {"TaskRun", "PipelineRun"} and spec.scope_is_seen else own
    for step in spec.seen_steps:
        yield from _in_step(spec.resource, step, seen, "refused")
        yield from _in_step(spec.resource, step, every - seen, "fails")


def _in_step(resource: Resource, step: Step, arrays: frozenset[str], effect: Effect) -> Iterator[Finding]:
    for path, written in step.texts():
        name = any_of(written, "params", arrays)
        if name is None:
            continue
        if path[-2] not in _LISTS:
            unseen = resource.kind == "StepAction" and not is_seen(step, path)
            told: Effect = "fails" if unseen else effect
            yield resource.find(path, f"expected text, got the array {name}", _hint(name), told)
        elif not stands_alone(written, "params"):
            yield resource.find(path, f"expected the array {name} alone, got it with text around", _hint(name), effect)


def _in_graph(graph: Graph) -> Iterator[Finding]:
    arrays = names(graph.scope, "array")
    for task_ in graph.tasks:
        effect: Effect = "fails" if graph.is_embedded and task_.section == "finally" else "refused"
        for path, written, alone in _task_texts(task_, arrays):
            name = any_of(written, "params", arrays)
            if name is not None and not (alone and stands_alone(written, "params")):
                what = "alone, got it with text around" if alone else "where a list is, got it in a text"
                yield graph.resource.find(path, f"expected the array {name} {what}", _hint(name), effect)


def _task_texts(task_: PipelineTask, arrays: frozenset[str]) -> Iterator[tuple[Path, str, bool]]:
    """Give the texts that may hold an array, with whether one may stand there alone."""
    for place, holder in task_.value_lists():
        for index, value in mappings(holder, "params"):
            kind = type_of(value.get("value"))
            if place and kind != ("array" if place == ("matrix",) else "string"):
                continue
            for part, written in texts_of(value.get("value")):
                if kind != "string" or place or not is_whole_reference(written, "params"):
                    yield (*task_.path, *place, "params", index, "value", *part), written, kind == "array"
    for path, written in task_.conditions():
        if path[-1] != "cel":
            reference = written.removeprefix("$(params.").removesuffix("[*])")
            yield path, written, path[-2] == "values" and reference in arrays


def _hint(name: str) -> str:
    return f"write $(params.{name}[*]) as one item of a list, or one of its texts: $(params.{name}[0])"


_GOOD = task("""\
params: [{name: targets, type: array}]
steps:
  - name: compile
    image: IMAGE
    command: [make, "$(params.targets[*])"]
""")

RULE = Rule(
    code="TKN113",
    title="arrays in texts",
    effect="refused",
    reason="An array becomes several texts, which fit into a list only, as one of its items.",
    fix="write $(params.name[*]) as one item of a list",
    good=_GOOD,
    bad=_GOOD.replace('"$(params.targets[*])"', '"--targets=$(params.targets[*])"'),
    document=each_resource(_look),
    kinds=EVERY_KIND,
)
