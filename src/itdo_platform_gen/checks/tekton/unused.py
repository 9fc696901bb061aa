"""What is declared is used."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.parameters import declared
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, resources_of, template_specs
from itdo_platform_gen.checks.pipelines.tasks import step_action, task_specs
from itdo_platform_gen.checks.reading import mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.pipelines.tasks import TaskSpec
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path


def _find(document: Document, _: World) -> Iterator[Finding]:
    for resource in resources_of(document):
        for spec in task_specs(resource):
            yield from _in_task(spec)
        for graph in graphs_of(resource):
            yield from _in_graph(graph)
        action = step_action(resource)
        if action is not None:
            yield from _parameters(resource, action.data, action.path)
    for holder in template_specs(document) if document.kind not in {"Task", "Pipeline"} else ():
        template = mapping(document.data, *holder)
        everything = _written(template)
        for index, parameter in mappings(template, "params"):
            name = text(parameter, "name")
            if name and f"$(tt.params.{name})" not in everything:
                message = f"expected a use of the parameter {name}, got none"
                yield Finding(document, (*holder, "params", index, "name"), message)


def _in_task(spec: TaskSpec) -> Iterator[Finding]:
    yield from _parameters(spec.resource, spec.data, spec.path)
    everything = _written(spec.data)
    for index, result in mappings(spec.data, "results"):
        name = text(result, "name")
        ways = (f"results.{name}.path", f'results[\\"{name}\\"]', f"results['{name}']", f"/tekton/results/{name}")
        handed = result.get("value") is not None or any(step.is_reference for step in spec.steps)
        if name and not handed and not any(way in everything for way in ways):
            message = f"expected a step that writes the result {name}, got none"
            hint = f'write it to "$(results.{name}.path)"'
            yield spec.resource.find((*spec.path, "results", index, "name"), message, hint)


def _in_graph(graph: Graph) -> Iterator[Finding]:
    yield from _parameters(graph.resource, graph.data, graph.path)
    used = {
        text(usage, "workspace") or text(usage, "name")
        for task_ in graph.tasks
        for _, usage in mappings(task_.data, "workspaces")
    }
    everything = _written(graph.data)
    for index, name in enumerate(graph.workspaces):
        if name and name not in used and f"workspaces.{name}." not in everything:
            message = f"expected a task that takes the workspace {name}, got none"
            yield graph.resource.find((*graph.path, "workspaces", index, "name"), message)


def _parameters(resource: Resource, spec: dict[str, object], path: Path) -> Iterator[Finding]:
    everything = _written(spec)
    for parameter in declared(spec, path):
        name = re.escape(parameter.name)
        if parameter.name and not re.search(rf"params(?:\.{name}(?![\w-])|\[\\?[\"']{name}\\?[\"']\])", everything):
            message = f"expected a use of the parameter {parameter.name}, got none"
            yield resource.find((*parameter.path, "name"), message)


def _written(spec: dict[str, object]) -> str:
    return json.dumps(spec, ensure_ascii=False, default=str)


_GOOD = task("""\
params: [{name: target, default: all}]
steps:
  - name: compile
    image: IMAGE
    command: [make, $(params.target)]
""")

RULE = Rule(
    code="TKN179",
    title="what is never used",
    effect="advice",
    reason="Who gives a value to a parameter that nothing reads believes that it does something.",
    fix="use it, or take it out",
    good=_GOOD,
    bad=_GOOD.replace("make, $(params.target)", "make"),
    document=_find,
    kinds=EVERY_KIND,
)
