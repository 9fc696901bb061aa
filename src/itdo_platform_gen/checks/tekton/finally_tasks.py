"""Tasks at the end run all at once, after the others, of which they may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline
from itdo_platform_gen.checks.pipelines.graphs import each_graph, expressions_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.pipelines.results import result_references
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.diagnostics import Effect


def _look(graph: Graph) -> Iterator[Finding]:
    finals = graph.section("finally")
    names = {task.name for task in graph.section("tasks")}
    ends = {task.name for task in finals}
    if finals and not graph.section("tasks"):
        yield graph.resource.find((*graph.path, "finally"), "expected tasks before those of finally, got none")
    for task in finals:
        if task.data.get("runAfter"):
            hint = "what has an order stands under tasks:"
            message = "expected no runAfter under finally, where all run at once"
            yield graph.resource.find((*task.path, "runAfter"), message, hint, at_key=True)
        seen = {path for path, _ in task.texts(matrix=False)}
        for path, found in expressions_of(task.texts()):
            effect: Effect = "refused" if path in seen else "fails"
            for reference in result_references(found):
                if reference.of in ends:
                    message = (
                        f"expected a result of a task before, got one of {reference.of}, which runs at the end too"
                    )
                    yield graph.resource.find(path, message, effect=effect)
                elif reference.of not in names:
                    message = f"expected a task of this pipeline, got {reference.of}"
                    yield graph.resource.find(path, message, suggest(reference.of, names), effect)


_TASK = "taskSpec: {steps: [{name: make, image: IMAGE, command: [make]}]}"
_GOOD = pipeline(f"""\
tasks:
  - name: build
    {_TASK}
finally:
  - name: report
    {_TASK}
""")

RULE = Rule(
    code="TKN121",
    title="tasks under finally",
    effect="refused",
    reason="What stands under finally runs at once when all tasks are done, whatever came of them.",
    fix="move what has an order to tasks, and ask for results of tasks only",
    good=_GOOD,
    bad=_GOOD + "      runAfter: [build]\n",
    document=each_graph(_look),
    kinds=SPEC_KINDS,
)
