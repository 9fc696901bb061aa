"""Timeouts are not negative, and those of parts fit into that of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.durations import seconds
from itdo_platform_gen.checks.pipelines.examples import pipeline_run
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS, each_resource, spec_of
from itdo_platform_gen.checks.pipelines.tasks import task_specs
from itdo_platform_gen.checks.reading import mapping, mappings
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.syntax.node import Path

_DEFAULT = "1h0m0s"
_PARTS = ("tasks", "finally")


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        for step in spec.steps:
            yield from _negative(resource, (*step.path, "timeout"), step.data.get("timeout"))
    if resource.kind in {"TaskRun", "PipelineRun"}:
        yield from _negative(resource, ("spec", "timeout"), spec_of(resource).get("timeout"))
    if resource.kind == "PipelineRun":
        yield from _pipeline_run(resource)


def _pipeline_run(resource: Resource) -> Iterator[Finding]:
    spec = spec_of(resource)
    timeouts = mapping(spec, "timeouts")
    if spec.get("timeout") is not None and spec.get("timeouts") is not None and resource.version != "v1":
        message, hint = "expected timeout or timeouts, got both", "write timeouts.pipeline, which v1 has too"
        yield resource.find(("spec", "timeout"), message, hint, at_key=True)
    for part in ("pipeline", *_PARTS):
        yield from _negative(resource, ("spec", "timeouts", part), timeouts.get(part))
    written = timeouts.get("pipeline") or (spec.get("timeout") if not timeouts else None) or _DEFAULT
    whole = seconds(written)
    given = {part: seconds(timeouts.get(part)) for part in _PARTS}
    for part, length in given.items():
        if whole and length is not None and (length > whole or length == 0):
            got = "none at all" if length == 0 else timeouts[part]
            message = f"expected at most {written}, which the whole pipeline has, got {got}"
            yield resource.find(("spec", "timeouts", part), message)
    tasks, final = given["tasks"], given["finally"]
    if whole is not None and tasks is not None and final is not None and tasks + final > whole:
        message = f"expected tasks and finally to fit into {written}, got {timeouts['tasks']} and {timeouts['finally']}"
        yield resource.find(("spec", "timeouts", "tasks"), message)
    bound = timeouts.get("tasks") or written
    most = seconds(bound)
    for index, own in mappings(spec, "taskRunSpecs"):
        place = ("spec", "taskRunSpecs", index, "timeout")
        yield from _negative(resource, place, own.get("timeout"))
        length = seconds(own.get("timeout"))
        if most and length is not None and length > most:
            yield resource.find(place, f"expected at most {bound}, which the tasks have, got {own['timeout']}")


def _negative(resource: Resource, path: Path, written: object) -> Iterator[Finding]:
    length = seconds(written)
    if length is not None and length < 0:
        yield resource.find(path, f"expected a timeout of 0 or more, got {written}")


_GOOD = pipeline_run("""\
timeouts: {pipeline: 1h, tasks: 50m}
pipelineSpec:
  tasks:
    - name: build
      taskSpec: {steps: [{name: make, image: IMAGE, command: [make]}]}
""")

RULE = Rule(
    code="TKN130",
    title="timeouts",
    effect="refused",
    reason="The time of tasks and of finally is part of the pipeline's, an hour where none is said.",
    fix="give the pipeline more time, or its parts less",
    good=_GOOD,
    bad=_GOOD.replace("tasks: 50m", "tasks: 2h"),
    document=each_resource(_look),
    kinds=SPEC_KINDS,
)
