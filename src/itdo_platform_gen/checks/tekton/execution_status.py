"""How tasks ended is asked at the end, of tasks that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline
from itdo_platform_gen.checks.pipelines.graphs import each_graph, expressions_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.pipelines.results import is_result_reference
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.diagnostics import Effect

_ALL = "tasks.status"
_ASKED = (".status", ".reason")


def _look(graph: Graph) -> Iterator[Finding]:
    names = {task.name for task in graph.section("tasks")}
    for task in graph.tasks:
        for path, found in expressions_of(task.texts(matrix=False)):
            # Beside a result of a task the webhook takes no notice of it.
            beside = any(is_result_reference(expression) for expression in found)
            effect: Effect = "fails" if beside else "refused"
            for expression in found:
                if not expression.startswith("tasks.") or not expression.endswith(_ASKED):
                    continue
                of = expression.removeprefix("tasks.").removesuffix(".status").removesuffix(".reason")
                if task.section == "tasks":
                    message = f"expected no $({expression}) before the end, when it is not known"
                    hint = "move the task to finally, or run it after the other one"
                    yield graph.resource.find(path, message, hint, effect)
                elif expression != _ALL and of not in names:
                    message = f"expected a task of this pipeline, got {of}"
                    yield graph.resource.find(path, message, suggest(of, names), effect)


_TASK = """\
taskSpec:
      params: [{name: state}]
      steps: [{name: make, image: IMAGE, command: [echo, $(params.state)]}]"""
_GOOD = pipeline(f"""\
tasks:
  - name: build
    taskSpec: {{steps: [{{name: make, image: IMAGE, command: [make]}}]}}
finally:
  - name: report
    params: [{{name: state, value: $(tasks.build.status)}}]
    {_TASK}
""")

RULE = Rule(
    code="TKN122",
    title="how tasks ended",
    effect="refused",
    reason="$(tasks.name.status) is known when all tasks are done, so that only those under finally can ask for it.",
    fix="ask for it under finally, of a task of the pipeline",
    good=_GOOD,
    bad=_GOOD.replace("$(tasks.build.status)", "$(tasks.builds.status)"),
    document=each_graph(_look),
    kinds=SPEC_KINDS,
)
