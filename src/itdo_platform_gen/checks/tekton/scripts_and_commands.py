"""A step runs a script or a command, not both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.tasks import step_action, task_specs
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.diagnostics import Effect

_MESSAGE = "expected script or command, got both"


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        for step in spec.steps:
            if not step.is_reference and step.script and spec.of_step(step, "command"):
                yield resource.find((*step.path, "script"), _MESSAGE, at_key=True)
        for sidecar in spec.sidecars:
            if sidecar.script and sidecar.data.get("command"):
                effect: Effect = "refused" if resource.version == "v1" else "fails"
                yield resource.find((*sidecar.path, "script"), _MESSAGE, effect=effect, at_key=True)
    action = step_action(resource)
    if action is not None and action.script and action.data.get("command"):
        yield resource.find((*action.path, "script"), _MESSAGE, at_key=True)


_GOOD = task("""\
steps:
  - name: compile
    image: IMAGE
    script: |
      #!/bin/sh
      make
""")

RULE = Rule(
    code="TKN105",
    title="scripts and commands",
    effect="refused",
    reason="A script is written to a file, which becomes the command of its container.",
    fix="call the command from the script, or pass what it needs as args",
    good=_GOOD,
    bad=_GOOD + "      command: [make]\n",
    document=each_resource(_look),
    kinds=EVERY_KIND,
)
