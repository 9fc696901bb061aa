"""A Task has steps, and each says which image it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import IMAGE, task
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.tasks import step_action, task_specs
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.pipelines.tasks import TaskSpec
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.diagnostics import Effect


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        yield from _in_task(spec)
    action = step_action(resource)
    if action is not None and not action.data.get("image"):
        yield resource.find((*action.path, "image"), "expected an image, got none")


def _in_task(spec: TaskSpec) -> Iterator[Finding]:
    resource = spec.resource
    if not spec.data.get("steps"):
        yield resource.find((*spec.path, "steps"), "expected at least one step, got none", "a Task runs its steps")
    for step in spec.steps:
        if not step.is_reference and not spec.of_step(step, "image"):
            yield resource.find((*step.path, "image"), "expected an image or a ref to a StepAction, got neither")
    for sidecar in spec.sidecars:
        if not sidecar.data.get("image"):
            message = "expected an image for the sidecar, got none"
            effect: Effect = "refused" if resource.version == "v1" else "fails"
            yield resource.find((*sidecar.path, "image"), message, effect=effect)


_GOOD = task("""\
steps:
  - name: compile
    image: IMAGE
    command: [make]
""")

RULE = Rule(
    code="TKN104",
    title="steps and their images",
    effect="refused",
    reason="Each step is a container of the Task's pod, which needs an image to run.",
    fix="add image:, or a ref: to a StepAction that has one",
    good=_GOOD,
    bad=_GOOD.replace(f"image: {IMAGE}", "workingDir: /src"),
    document=each_resource(_look),
    kinds=EVERY_KIND,
)
