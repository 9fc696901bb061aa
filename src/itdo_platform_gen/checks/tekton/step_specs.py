"""A run says the resources of the whole Task or of its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task_run
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS, each_resource, spec_of
from itdo_platform_gen.checks.reading import mapping, mappings
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.syntax.node import Path

_LISTS = {"stepSpecs": "computeResources", "stepOverrides": "resources"}


def _look(resource: Resource) -> Iterator[Finding]:
    if resource.kind == "TaskRun":
        yield from _specs(resource, ("spec",))
    elif resource.kind == "PipelineRun":
        for index, _ in mappings(spec_of(resource), "taskRunSpecs"):
            yield from _specs(resource, ("spec", "taskRunSpecs", index))


def _specs(resource: Resource, path: Path) -> Iterator[Finding]:
    holder = mapping(resource.data, *path)
    for field, inner in _LISTS.items():
        for index, each in mappings(holder, field):
            if mapping(each, inner) and holder.get("computeResources") is not None:
                message = "expected computeResources of the whole Task or of its steps, got both"
                yield resource.find((*path, field, index, inner), message, at_key=True)


_GOOD = task_run("""\
stepSpecs: [{name: make, computeResources: {requests: {memory: 1Gi}}}]
taskSpec: {steps: [{name: make, image: IMAGE, command: [make]}]}
""")

RULE = Rule(
    code="TKN132",
    title="what runs say of steps",
    effect="refused",
    reason="Resources of the whole Task are shared out to its steps, so that no step can have its own besides.",
    fix="say them for the Task or for its steps",
    good=_GOOD,
    bad=_GOOD + "  computeResources: {requests: {memory: 2Gi}}\n",
    document=each_resource(_look),
    kinds=SPEC_KINDS,
)
