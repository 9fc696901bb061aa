"""A script asks for programs that its image has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.images import image_of
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.scripts import commands_of, interpreter_of
from itdo_platform_gen.checks.pipelines.tasks import step_action, task_specs
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.images import Image
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.pipelines.tasks import Step
    from itdo_platform_gen.checks.rule import Finding

_OWN_WAY = {
    "owasp/dependency-check": "write #!/bin/sh and let the tool judge: --failOnCVSS 7, with a report path that its "
    "user 1000 may write",
}


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        for step in spec.steps:
            image = image_of(spec.of_step(step, "image"))
            if step.script and image is not None:
                yield from _script(resource, step, image)
    action = step_action(resource)
    image = image_of(action.data.get("image")) if action is not None else None
    if action is not None and action.script and image is not None:
        yield from _script(resource, action, image)


def _script(resource: Resource, step: Step, image: Image) -> Iterator[Finding]:
    program, place = interpreter_of(step.script), (*step.path, "script")
    hint = _OWN_WAY.get(image.short)
    if image.has_no_shell:
        hint = hint or "call its program: command: […] and args: […], or take the image's variant with a shell"
        yield resource.find(place, f"expected no script for {image.short}, which has no shell", hint)
        return
    if image.lacks(program):
        hint = hint or ("write #!/bin/sh, or take an image with it" if program == "bash" else None)
        yield resource.find(place, f"expected a program that {image.short} has, got {program}", hint)
    for tool in sorted(image.missing_tools):
        if re.search(rf"(?:^|[|;&(]|\$\()\s*{tool}\s", commands_of(step.script), re.MULTILINE):
            yield resource.find(place, f"expected a program that {image.short} has, got {tool}", hint)


_GOOD = task("""\
steps:
  - name: compile
    image: IMAGE
    script: |
      #!/bin/sh
      make
""")

RULE = Rule(
    code="TKN174",
    title="shells of images",
    effect="fails",
    reason="A step ends at once when its image lacks the program that its script starts with.",
    fix="write #!/bin/sh, or take an image that has the program",
    good=_GOOD,
    bad=_GOOD.replace("#!/bin/sh", "#!/bin/bash"),
    document=each_resource(_look),
    kinds=EVERY_KIND,
)
