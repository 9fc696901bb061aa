"""A reference names what stands in the cluster, or says which resolver fetches it with which parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.names import is_qualified_name
from itdo_platform_gen.checks.pipelines.examples import pipeline_run
from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS, each_resource, spec_of
from itdo_platform_gen.checks.pipelines.tasks import task_specs
from itdo_platform_gen.checks.reading import text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.syntax.node import Path

_URL = re.compile(r"[\w-]+:/", re.ASCII)
_CATALOG = "write {resolver: hub, params: [{name: name, value: …}, {name: version, value: …}]}"


def _look(resource: Resource) -> Iterator[Finding]:
    for field in {"TaskRun": ("taskRef",), "PipelineRun": ("pipelineRef",)}.get(resource.kind, ()):
        yield from _reference(resource, ("spec", field), spec_of(resource).get(field))
    for spec in task_specs(resource):
        for step in spec.steps:
            yield from _reference(resource, (*step.path, "ref"), step.data.get("ref"))
    for graph in graphs_of(resource):
        for task in graph.tasks:
            reference = task.data.get("taskRef")
            if not text(reference, "apiVersion") and text(reference, "kind") in {"", "Task"}:
                yield from _reference(resource, (*task.path, "taskRef"), reference)


def _reference(resource: Resource, path: Path, reference: object) -> Iterator[Finding]:
    if not isinstance(reference, dict) or reference.get("bundle"):
        return  # a bundle is gone, which another rule says
    name, resolver = text(reference, "name"), text(reference, "resolver")
    if reference.get("params") and not resolver:
        yield resource.find((*path, "resolver"), "expected a resolver beside params, got none", _CATALOG)
    if resolver or reference.get("params"):
        if name:
            message = f"expected no name beside {'a resolver' if resolver else 'params'}, got {show(name)}"
            yield resource.find((*path, "name"), message, _CATALOG, at_key=True)
    elif not name:
        yield resource.find(path, "expected a name or a resolver, got neither")
    elif _URL.search(name):
        message = f"expected a name in the cluster, got the URL {show(name)}"
        yield resource.find((*path, "name"), message, "write resolver: git or resolver: http with params")
    elif not is_qualified_name(name):
        yield resource.find((*path, "name"), f"expected the name of an object, got {show(name)}")


_GOOD = pipeline_run("""\
pipelineRef:
  resolver: hub
  params:
    - {name: name, value: release}
    - {name: version, value: '1.0'}
""")

RULE = Rule(
    code="TKN124",
    title="references and resolvers",
    effect="refused",
    reason="What stands in the cluster has a name; what a resolver fetches is told it by params.",
    fix="write {name: …}, or {resolver: …, params: …}",
    good=_GOOD,
    bad=_GOOD.replace("resolver: hub", "resolver: hub\n    name: release"),
    document=each_resource(_look),
    kinds=SPEC_KINDS,
)
