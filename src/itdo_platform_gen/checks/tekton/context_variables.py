"""Variables of the context are those that Tekton has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import SECTIONS, graphs_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS, each_resource
from itdo_platform_gen.checks.pipelines.tasks import task_specs
from itdo_platform_gen.checks.pipelines.variables import unknown_variable
from itdo_platform_gen.checks.reading import text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.pipelines.tasks import TaskSpec
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.diagnostics import Effect
    from itdo_platform_gen.syntax.node import Path

_OF_TASKS = {"taskRun": ("name", "namespace", "uid"), "task": ("name", "retry-count")}
_OF_PIPELINES = {"pipelineRun": ("name", "namespace", "uid"), "pipeline": ("name",), "pipelineTask": ("retries",)}
_CONTEXT = re.compile(r"\$\(context\.([A-Za-z]*)")


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        yield from _in_task(spec)
    for graph in graphs_of(resource):
        yield from _in_graph(graph)


def _in_task(spec: TaskSpec) -> Iterator[Finding]:
    for step in spec.seen_steps:
        for path, written in (*step.texts(), ((*step.path, "onError"), text(step.data, "onError"))):
            yield from _unknown(spec.resource, path, written, _OF_TASKS, "refused")
            for what in _CONTEXT.findall(written) if spec.graph is None else ():
                if what not in _OF_TASKS:
                    message = f"expected a variable of {' or '.join(sorted(_OF_TASKS))}, got context.{what}"
                    hint = "a Task knows its pipeline only by parameters: pass it as one"
                    yield spec.resource.find(path, message, hint if what in _OF_PIPELINES else None, "fails")


def _in_graph(graph: Graph) -> Iterator[Finding]:
    for section in SECTIONS:
        tasks = graph.section(section)
        for task_ in tasks:
            for path, written in task_.texts():
                # The webhook looks at the values of the last task alone.
                seen = task_ is tasks[-1] and "when" not in path
                yield from _unknown(graph.resource, path, written, _OF_PIPELINES, "refused" if seen else "fails")


def _unknown(
    resource: Resource, path: Path, written: str, known: Mapping[str, tuple[str, ...]], effect: Effect
) -> Iterator[Finding]:
    for what, names in known.items() if "$(context" in written else ():
        name = unknown_variable(written, rf"context\.{what}", names)
        if name is not None:
            variables = [f"context.{what}.{each}" for each in names]
            message = f"expected {' or '.join(variables)}, got context.{what}.{name}"
            yield resource.find(path, message, suggest(f"context.{what}.{name}", variables), effect)


_GOOD = task("""\
steps:
  - name: compile
    image: IMAGE
    command: [make, $(context.taskRun.name)]
""")

RULE = Rule(
    code="TKN115",
    title="variables of the context",
    effect="refused",
    reason="The context has a few names only, and nothing stands in for another one.",
    fix="write one of the variables that Tekton has, such as $(context.taskRun.name)",
    good=_GOOD,
    bad=_GOOD.replace("taskRun.name)", "taskRun.id)"),
    document=each_resource(_look),
    kinds=SPEC_KINDS,
)
