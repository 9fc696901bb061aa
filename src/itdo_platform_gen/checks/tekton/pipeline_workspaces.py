"""A pipeline hands on workspaces that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline
from itdo_platform_gen.checks.pipelines.graphs import each_graph
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS, spec_of
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.diagnostics import Effect


def _look(graph: Graph) -> Iterator[Finding]:
    known = list(graph.workspaces)
    if graph.is_embedded:
        known += [text(workspace, "name") for _, workspace in mappings(spec_of(graph.resource), "workspaces")]
    effect: Effect = "fails" if graph.is_embedded else "refused"
    for task in graph.tasks:
        for index, usage in mappings(task.data, "workspaces"):
            key = "workspace" if usage.get("workspace") else "name"
            name = text(usage, key)
            if name not in known:
                message = f"expected a workspace of this pipeline, got {name or 'none'}"
                hint = suggest(name, known) or "declare it under workspaces: of the pipeline"
                yield graph.resource.find((*task.path, "workspaces", index, key), message, hint, effect)


_GOOD = pipeline("""\
workspaces: [{name: shared}]
tasks:
  - name: build
    workspaces: [{name: source, workspace: shared}]
    taskSpec:
      workspaces: [{name: source}]
      steps: [{name: make, image: IMAGE, command: [make], workingDir: $(workspaces.source.path)}]
""")

RULE = Rule(
    code="TKN126",
    title="workspaces of pipelines",
    effect="refused",
    reason="A run gives workspaces to the pipeline, which hands them on to its tasks by name.",
    fix="declare it under workspaces: of the pipeline, or name one that is",
    good=_GOOD,
    bad=_GOOD.replace("workspace: shared}", "workspace: shared}, {name: cache, workspace: share}"),
    document=each_graph(_look),
    kinds=SPEC_KINDS,
)
