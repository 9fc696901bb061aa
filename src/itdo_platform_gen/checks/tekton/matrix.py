"""A matrix fans out over arrays, within bounds, and its results are taken all together."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline
from itdo_platform_gen.checks.pipelines.graphs import SECTIONS, each_graph
from itdo_platform_gen.checks.pipelines.parameters import texts_of, type_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.pipelines.results import result_reference
from itdo_platform_gen.checks.pipelines.variables import expressions
from itdo_platform_gen.checks.reading import items, mappings, text
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph, PipelineTask
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.diagnostics import Effect

_MOST = 256


def _look(graph: Graph) -> Iterator[Finding]:
    for task in graph.tasks:
        if isinstance(task.data.get("matrix"), dict):
            yield from _matrix(graph, task)
    fanned = {task.name: task for task in graph.tasks if task.is_matrixed}
    for section in SECTIONS if fanned else ():
        for task in graph.section(section):
            yield from _asked(graph, task, fanned)


def _matrix(graph: Graph, task: PipelineTask) -> Iterator[Finding]:
    path = (*task.path, "matrix")
    fanned = {
        text(value, "name") for place, holder in task.value_lists() if place for _, value in mappings(holder, "params")
    }
    for index, value in mappings(task.data, "params"):
        if text(value, "name") in fanned:
            message = f"expected {text(value, 'name') or 'a parameter'} under params or under matrix, got both"
            yield graph.resource.find((*task.path, "params", index, "name"), message)
    count = _count(task)
    if count > _MOST:
        yield graph.resource.find(path, f"expected at most {_MOST} combinations, got {count}")
    for index, value in mappings(task.data, "matrix", "params"):
        written = value.get("value")
        if type_of(written) != "array" and not (isinstance(written, str) and written.endswith("[*])")):
            message = f"expected a list to fan out over, got {type_of(written)}"
            place = (*path, "params", index, "value")
            yield graph.resource.find(place, message, "write a list, or $(params.name[*])", "fails")


def _count(task: PipelineTask) -> int:
    """Count the combinations as the webhook does: what is known only when it runs counts once."""
    params = {text(value, "name"): items(value, "value") for _, value in mappings(task.data, "matrix", "params")}
    lengths = [len(items(value, "value")) or 1 for _, value in mappings(task.data, "matrix", "params")]
    includes = items(task.data, "matrix", "include")
    if not lengths:
        return len(includes)
    count = prod(lengths)
    for include in includes:
        for _, value in mappings(include, "params"):
            values = params.get(text(value, "name"))
            if values is not None and value.get("value") in values:
                break
            count += values is not None
    return count


def _asked(graph: Graph, task: PipelineTask, fanned: dict[str, PipelineTask]) -> Iterator[Finding]:
    for index, value in mappings(task.data, "params"):
        for part, written in texts_of(value.get("value")):
            for expression in expressions(written):
                reference = result_reference(expression)
                source = fanned.get(reference.of) if reference is not None else None
                if reference is None or source is None:
                    continue
                place = (*task.path, "params", index, "value", *part)
                effect: Effect = "refused" if source.section == task.section else "fails"
                if not expression.endswith("[*]"):
                    message = f"expected all results of {reference.of}, which has a matrix, got $({expression})"
                    yield graph.resource.find(place, message, f"write $({expression.partition('[')[0]}[*])", effect)
                for _, result in mappings(source.embedded, "results"):
                    if text(result, "name") == reference.result and text(result, "type") not in {"", "string"}:
                        message = (
                            f"expected a result of type string of a task with a matrix, got {text(result, 'type')}"
                        )
                        yield graph.resource.find(place, message, None, effect)


_GOOD = pipeline("""\
tasks:
  - name: build
    matrix: {params: [{name: platform, value: [amd64, arm64]}]}
    taskSpec:
      params: [{name: platform}]
      steps: [{name: make, image: IMAGE, command: [make, $(params.platform)]}]
""")

RULE = Rule(
    code="TKN125",
    title="matrices",
    effect="refused",
    reason="A task with a matrix runs once for each combination, 256 at most, and each run gives results of its own.",
    fix="give each parameter in one place, as a list, and take results with [*]",
    good=_GOOD,
    bad=_GOOD + "      params: [{name: platform, value: amd64}]\n",
    document=each_graph(_look),
    kinds=SPEC_KINDS,
)
