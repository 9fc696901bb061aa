"""A script says who runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.scripts import has_shebang
from itdo_platform_gen.checks.pipelines.tasks import step_action, task_specs
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding


def _look(resource: Resource) -> Iterator[Finding]:
    steps = [step for spec in task_specs(resource) for step in (*spec.steps, *spec.sidecars)]
    action = step_action(resource)
    for step in (*steps, *([action] if action is not None else ())):
        if step.script and not has_shebang(step.script):
            late = "#!" in step.script.lstrip()[:2]
            got = "a blank before it" if late else "none"
            yield resource.find((*step.path, "script"), f"expected #! at the start of the script, got {got}")


_GOOD = task("""\
steps:
  - name: compile
    image: IMAGE
    script: |
      #!/bin/sh
      make
""")

RULE = Rule(
    code="TKN173",
    title="first lines of scripts",
    effect="advice",
    reason="Without #! Tekton runs a script by /bin/sh with set -e, which readers and checkers of scripts do not know.",
    fix="start it with #!/bin/sh and set -eu",
    good=_GOOD,
    bad=_GOOD.replace("#!/bin/sh\n", "\n"),
    document=each_resource(_look),
    kinds=EVERY_KIND,
    level="notice",
)
