"""A step that takes in a StepAction leaves to it what it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import step_action, task
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.pipelines.tasks import each_task
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.tasks import TaskSpec
    from itdo_platform_gen.checks.rule import Finding

_LEFT = ("image", "command", "args", "script", "workingDir", "env", "volumeMounts", "results")


def _look(spec: TaskSpec) -> Iterator[Finding]:
    for step in spec.steps:
        if step.is_reference:
            for key in _LEFT:
                if step.data.get(key):
                    message = f"expected no {key} beside ref, since the StepAction has it"
                    yield spec.resource.find((*step.path, key), message, at_key=True)
        elif step.data.get("params"):
            message = "expected params of a step beside ref only"
            hint = "a step's own script reads the Task's parameters: $(params.name)"
            yield spec.resource.find((*step.path, "params"), message, hint, at_key=True)


_ACTION = step_action("""\
image: IMAGE
command: [git, clone, 'https://example.com/shop.git']
""")
_GOOD = task("""\
steps:
  - name: clone
    ref: {name: clone}
""")

RULE = Rule(
    code="TKN106",
    title="steps that take in StepActions",
    effect="refused",
    reason="What a step runs is the StepAction's to say; the step gives it parameters, a timeout and conditions.",
    fix="take it out, or give the StepAction a parameter for it",
    good=f"{_ACTION}---\n{_GOOD}",
    bad=f"{_ACTION}---\n{_GOOD}      args: [--depth, '1']\n",
    document=each_task(_look),
    kinds=SPEC_KINDS,
)
