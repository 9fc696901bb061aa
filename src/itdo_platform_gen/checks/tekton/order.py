"""Tasks of a pipeline run after tasks that are there, and never after themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline
from itdo_platform_gen.checks.pipelines.graphs import each_graph, expressions_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.pipelines.results import result_references
from itdo_platform_gen.checks.pipelines.texts import container_texts, reference_texts
from itdo_platform_gen.checks.reading import items, mappings
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph, PipelineTask
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.syntax.node import Path


def _look(graph: Graph) -> Iterator[Finding]:
    tasks = graph.section("tasks")
    names = {task.name for task in tasks}
    finals = {task.name for task in graph.section("finally")}
    needs: dict[str, list[tuple[str, Path]]] = {}
    for task in tasks:
        needs.setdefault(task.name, [])
        for name, path in _needs(graph, task):
            if name in names:
                needs[task.name].append((name, path))
            else:
                late = f", got {name}, which runs at the end" if name in finals else f", got {name or 'none'}"
                message = f"expected a task of this pipeline to run after{late}"
                yield graph.resource.find(path, message, None if name in finals else suggest(name, names))
    for circle in _circles(needs):
        path = next(path for name, path in needs[circle[0]] if name == circle[1])
        message = f"expected an order, got a circle: {' after '.join(circle)}"
        yield graph.resource.find(path, message)


def _needs(graph: Graph, task: PipelineTask) -> Iterator[tuple[str, Path]]:
    """Give the tasks that one runs after, by order or since it asks for their results."""
    for index, name in enumerate(items(task.data, "runAfter")):
        if name is None or isinstance(name, str):
            yield name or "", (*task.path, "runAfter", index)
    texts = list(task.texts())
    if graph.resource.version == "v1" and task.embedded is not None:
        for field in ("steps", "sidecars"):
            for index, container in mappings(task.embedded, field):
                place = (*task.path, "taskSpec", field, index)
                written = (*container_texts(container), *reference_texts(container))
                texts += [
                    ((*place, *path), text) for path, text in written if path[0] not in {"volumeMounts", "envFrom"}
                ]
    for path, found in expressions_of(iter(texts)):
        for reference in result_references(found):
            yield reference.of, path


def _circles(needs: dict[str, list[tuple[str, Path]]]) -> Iterator[list[str]]:
    """Give each circle once: the tasks on the way from one back to itself."""
    done: set[str] = set()
    for start, following_start in needs.items():
        way: list[str] = []
        stack = [(start, iter(following_start))] if start not in done else []
        way += [name for name, _ in stack]
        while stack:
            name, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                way.pop()
                done.add(name)
            elif following[0] in way:
                yield [*way[way.index(following[0]) :], following[0]]
                done.update(way)
            elif following[0] not in done:
                stack.append((following[0], iter(needs[following[0]])))
                way.append(following[0])


_GOOD = pipeline("""\
tasks:
  - name: build
    taskSpec: {steps: [{name: make, image: IMAGE, command: [make]}]}
  - name: test
    runAfter: [build]
    taskSpec: {steps: [{name: make, image: IMAGE, command: [make, test]}]}
""")

RULE = Rule(
    code="TKN120",
    title="the order of tasks",
    effect="refused",
    reason="A task waits for those in runAfter and those whose results it asks for: they must be there, and run first.",
    fix="name tasks of the same pipeline, and leave out one step of the circle",
    good=_GOOD,
    bad=_GOOD.replace("runAfter: [build]", "runAfter: [builds]"),
    document=each_graph(_look),
    kinds=SPEC_KINDS,
)
