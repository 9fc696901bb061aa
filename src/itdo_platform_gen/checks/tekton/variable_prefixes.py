"""Variables of a pipeline start with a word that Tekton knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline
from itdo_platform_gen.checks.pipelines.graphs import each_graph, expressions_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.rule import Finding

_KNOWN = ("params", "tasks", "finally", "context", "workspaces", "results")


def _look(graph: Graph) -> Iterator[Finding]:
    for task in graph.tasks:
        for path, found in expressions_of(task.texts()):
            for expression in found:
                prefix = expression.partition(".")[0]
                if prefix not in _KNOWN:
                    message = f"expected a variable of {', '.join(_KNOWN[:-1])} or {_KNOWN[-1]}, got $({expression})"
                    yield graph.resource.find(path, message, suggest(prefix, _KNOWN) if "." in expression else None)


_GOOD = pipeline("""\
params: [{name: target, type: string}]
tasks:
  - name: build
    params: [{name: target, value: $(params.target)}]
    taskSpec:
      params: [{name: target}]
      steps: [{name: make, image: IMAGE, command: [make, $(params.target)]}]
""")

RULE = Rule(
    code="TKN128",
    title="variables of pipelines",
    effect="refused",
    reason="Tekton knows where a variable's value is from by its first word.",
    fix="start it with params, tasks or context; a variable of the shell is ${NAME}",
    good=_GOOD,
    bad=_GOOD.replace("value: $(params.target)", "value: $(params.target)-$(date)"),
    document=each_graph(_look),
    kinds=SPEC_KINDS,
)
