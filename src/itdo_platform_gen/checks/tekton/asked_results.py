"""The results that tasks of a pipeline ask of each other are declared, in a type that fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.pipelines.examples import pipeline
from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.parameters import keys_of, texts_of
from itdo_platform_gen.checks.pipelines.resource import is_tekton, resources_of
from itdo_platform_gen.checks.pipelines.results import result_references
from itdo_platform_gen.checks.pipelines.uses import found
from itdo_platform_gen.checks.pipelines.variables import expressions
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph, PipelineTask
    from itdo_platform_gen.checks.pipelines.results import ResultReference
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path


def _find(world: World) -> Iterator[Finding]:
    for document in world.documents:
        for resource in resources_of(document) if is_tekton(document) else ():
            for graph in graphs_of(resource):
                yield from _in_graph(graph, world)


def _in_graph(graph: Graph, world: World) -> Iterator[Finding]:
    tasks = {task.name: task for task in graph.tasks}
    texts = [place for task in graph.tasks for place in task.texts()]
    for index, result in mappings(graph.data, "results"):
        for part, written in texts_of(result.get("value")):
            texts.append(((*graph.path, "results", index, "value", *part), written))
    for path, written in texts:
        found_here = expressions(written)
        alone = len(found_here) == 1 and written == f"$({found_here[0]})"
        for reference in result_references(found_here):
            task = tasks.get(reference.of)
            spec = _spec(graph, task, world) if task is not None else None
            if task is not None and spec is not None:
                # All of a list may be handed on without [*] too, where nothing else is in the text.
                any_type = task.is_matrixed or (alone and reference.type == "string")
                yield from _reference(graph, path, reference, spec, any_type=any_type)


def _spec(graph: Graph, task: PipelineTask, world: World) -> dict[str, Any] | None:
    reference = task.data.get("taskRef")
    if task.embedded is not None:
        return task.embedded
    if text(reference, "resolver") or text(reference, "apiVersion") or text(reference, "bundle"):
        return None
    return found(world, "Task", graph.resource.namespace, text(reference, "name"))


def _reference(
    graph: Graph, path: Path, reference: ResultReference, spec: dict[str, Any], *, any_type: bool
) -> Iterator[Finding]:
    declared = {text(result, "name"): result for _, result in mappings(spec, "results")}
    result = declared.get(reference.result)
    if result is None:
        message = f"expected a result of the task {reference.of}, got {reference.result}"
        hint = suggest(reference.result, declared) or "declare it under results: of the Task, and write it in a step"
        yield graph.resource.find(path, message, hint, "fails")
        return
    kind = text(result, "type") or ("object" if keys_of(result) else "string")
    if not any_type and reference.type not in {"any", kind}:
        message = f"expected a reference to a result of type {kind}, got one to {reference.type}"
        after = {"array": "[*] or [0]", "object": ".key"}.get(kind)
        yield graph.resource.find(path, message, f"write it with {after} after it" if after else None, "fails")
    elif reference.key and reference.key not in (keys_of(result) or (reference.key,)):
        message = f"expected a key of the result {reference.result}, got {reference.key}"
        yield graph.resource.find(path, message, suggest(reference.key, keys_of(result) or ()), "fails")


_GOOD = pipeline("""\
tasks:
  - name: detect
    taskSpec:
      results: [{name: language}]
      steps: [{name: detect, image: IMAGE, command: [detect, $(results.language.path)]}]
  - name: build
    params: [{name: language, value: $(tasks.detect.results.language)}]
    taskSpec:
      params: [{name: language}]
      steps: [{name: make, image: IMAGE, command: [make, $(params.language)]}]
""")

RULE = Rule(
    code="TKN164",
    title="results that are asked for",
    effect="fails",
    reason="A task that asks for a result which no task gives fails before it starts.",
    fix="declare the result, or ask for one that is declared",
    good=_GOOD,
    bad=_GOOD.replace("$(tasks.detect.results.language)", "$(tasks.detect.results.languages)"),
    world=_find,
)
