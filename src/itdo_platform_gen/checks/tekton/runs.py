"""The values that a run gives are known before it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline_run
from itdo_platform_gen.checks.pipelines.parameters import texts_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS, each_resource, spec_of
from itdo_platform_gen.checks.pipelines.results import result_references
from itdo_platform_gen.checks.pipelines.variables import expressions
from itdo_platform_gen.checks.reading import mappings
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding


def _look(resource: Resource) -> Iterator[Finding]:
    if resource.kind == "PipelineRun":
        yield from _values(resource)


def _values(resource: Resource) -> Iterator[Finding]:
    for index, value in mappings(spec_of(resource), "params"):
        for part, written in texts_of(value.get("value")):
            if result_references(expressions(written)):
                message = f"expected a value that is known before the run, got {show(written)}"
                yield resource.find(("spec", "params", index, "value", *part), message, "give it to the task instead")


_GOOD = pipeline_run("""\
params: [{name: target, value: all}]
pipelineSpec:
  params: [{name: target}]
  tasks:
    - name: build
      taskSpec: {steps: [{name: make, image: IMAGE, command: [make, $(params.target)]}]}
""")

RULE = Rule(
    code="TKN129",
    title="values of runs",
    effect="refused",
    reason="A run starts with the values it is given: results come into being later.",
    fix="give the result to the task that needs it",
    good=_GOOD,
    bad=_GOOD.replace("value: all", "value: $(tasks.detect.results.target)"),
    document=each_resource(_look),
    kinds=SPEC_KINDS,
)
