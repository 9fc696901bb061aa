"""Tasks that ask nothing of each other run side by side."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline
from itdo_platform_gen.checks.pipelines.graphs import each_graph, expressions_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.pipelines.results import result_references
from itdo_platform_gen.checks.reading import items
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.rule import Finding

_FEWEST = 5


def _look(graph: Graph) -> Iterator[Finding]:
    tasks = graph.section("tasks")
    if len(tasks) < _FEWEST:
        return
    before = {task.name: [name for name in items(task.data, "runAfter") if isinstance(name, str)] for task in tasks}
    asks = {
        reference
        for task in tasks
        for _, found in expressions_of(task.texts())
        for reference in result_references(found)
    }
    in_line = all(before[task.name] == [earlier.name] for earlier, task in pairwise(tasks))
    if in_line and not before[tasks[0].name] and not asks:
        message = f"expected checks side by side, got {len(tasks)} tasks in one line that ask nothing of each other"
        yield graph.resource.find((*tasks[1].path, "runAfter"), message, at_key=True)


_TASK = "taskSpec: {steps: [{name: make, image: IMAGE, command: [make]}]}"
_NAMES = ("clone", "lint", "test", "scan", "build")
_LINES = [
    f"  - name: {name}\n    {f'runAfter: [{before}]' if before else 'description: first'}\n    {_TASK}\n"
    for before, name in zip(("", *_NAMES), _NAMES, strict=False)
]
_BAD = pipeline("tasks:\n" + "".join(_LINES))

RULE = Rule(
    code="TKN183",
    title="tasks in one line",
    effect="advice",
    reason="What asks nothing of each other can run at the same time, and tells of all faults at once.",
    fix="let checks run after the clone, all of them, and the build after the checks",
    good=_BAD.replace("runAfter: [lint]", "runAfter: [clone]").replace("runAfter: [test]", "runAfter: [clone]"),
    bad=_BAD,
    document=each_graph(_look),
    kinds=SPEC_KINDS,
    level="notice",
)
