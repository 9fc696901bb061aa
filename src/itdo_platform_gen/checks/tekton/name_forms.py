"""The names of steps, tasks, parameters and results have the form that variables and containers ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.names import is_dns_label
from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.parameters import declared
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.tasks import step_action, task_specs
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.pipelines.parameters import Parameter
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.pipelines.tasks import TaskSpec
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.syntax.node import Path

_PARAMETER = re.compile(r"[_a-zA-Z][_a-zA-Z0-9.-]*")
_OBJECT = re.compile(r"[_a-zA-Z][_a-zA-Z0-9-]*")
_RESULT = re.compile(r"(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")
_LABEL = "at most 63 lower case letters, digits and -, starting and ending with a letter or digit"
_PLAIN = "letters, digits, -, _ and ., starting with a letter or _"
_KEYED = "letters, digits, - and _, starting with a letter or _"
_GIVEN = "letters, digits, -, _ and ., starting and ending with a letter or digit"
_RESERVED = "tekton-log-results"


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        yield from _in_task(spec)
    for graph in graphs_of(resource):
        yield from _in_graph(graph)
    action = step_action(resource)
    if action is not None:
        yield from _parameters(resource, declared(action.data, action.path))
        yield from _results(resource, action.data, action.path)


def _in_task(spec: TaskSpec) -> Iterator[Finding]:
    for step in spec.steps:
        if step.name and not is_dns_label(step.name):
            yield spec.resource.find((*step.path, "name"), f"expected {_LABEL}, got {show(step.name)}")
        yield from _results(spec.resource, step.data, step.path)
    for sidecar in spec.sidecars:
        if sidecar.name == _RESERVED:
            yield spec.resource.find((*sidecar.path, "name"), f"expected a name other than Tekton's own {_RESERVED}")
        elif sidecar.name and not is_dns_label(sidecar.name):
            message = f"expected {_LABEL}, got {show(sidecar.name)}"
            yield spec.resource.find((*sidecar.path, "name"), message, effect="fails")
    known = spec.parameters
    if spec.resource.kind == "TaskRun" or (spec.resource.kind == "PipelineRun" and spec.scope_is_seen):
        known = spec.scope
    yield from _parameters(spec.resource, known)
    yield from _results(spec.resource, spec.data, spec.path)


def _in_graph(graph: Graph) -> Iterator[Finding]:
    for task_ in graph.tasks:
        if not is_dns_label(task_.name):
            yield graph.resource.find((*task_.path, "name"), f"expected {_LABEL}, got {show(task_.name)}")
    for index, name in enumerate(graph.workspaces):
        if not name:
            yield graph.resource.find((*graph.path, "workspaces", index), "expected a workspace with a name, got none")


def _parameters(resource: Resource, parameters: Iterable[Parameter]) -> Iterator[Finding]:
    for each in parameters:
        fits, expected = (_OBJECT, _KEYED) if each.type == "object" else (_PARAMETER, _PLAIN)
        if fits.fullmatch(each.name) is None:
            yield resource.find((*each.path, "name"), f"expected {expected}, got {show(each.name)}")
        for key in sorted(each.keys or ()) if each.type == "object" else ():
            if _OBJECT.fullmatch(key) is None:
                place: Path = (*each.path, "properties" if "properties" in each.data else "value", key)
                yield resource.find(place, f"expected {_KEYED}, got {show(key)}", at_key=True)


def _results(resource: Resource, holder: object, path: Path) -> Iterator[Finding]:
    for index, result in mappings(holder, "results"):
        name = text(result, "name")
        if _RESULT.fullmatch(name) is None:
            yield resource.find((*path, "results", index, "name"), f"expected {_GIVEN}, got {show(name)}")


_GOOD = task("""\
steps:
  - {name: compile, image: IMAGE, command: [make]}
""")

RULE = Rule(
    code="TKN103",
    title="forms of names in Tekton",
    effect="refused",
    reason="Steps become containers, whose names are labels, and other names stand between dots in variables.",
    fix="use lower case letters, digits and dashes",
    good=_GOOD,
    bad=_GOOD.replace("name: compile", "name: Compile_all"),
    document=each_resource(_look),
    kinds=EVERY_KIND,
)
