"""A StepAction takes its parameters in from its environment, and its volumes from the step that takes it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import step_action as example
from itdo_platform_gen.checks.pipelines.resource import each_resource
from itdo_platform_gen.checks.pipelines.tasks import step_action
from itdo_platform_gen.checks.pipelines.variables import stands_alone, variables
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding


def _look(resource: Resource) -> Iterator[Finding]:
    action = step_action(resource)
    if action is None:
        return
    found = variables(action.script, "params")
    if found:
        message = f"expected no variables of parameters in the script, got $(params.{found[0]})"
        hint = f"put it into the environment: env: [{{name: URL, value: $(params.{found[0]})}}]"
        yield resource.find((*action.path, "script"), message, hint)
    for index, mount in mappings(action.data, "volumeMounts"):
        name = text(mount, "name")
        if len(variables(name, "params")) != 1 or not stands_alone(name, "params"):
            message = f"expected a parameter as the name of the volume, got {show(name)}"
            hint = "write $(params.name), so that each Task says which of its volumes it is"
            yield resource.find((*action.path, "volumeMounts", index, "name"), message, hint)


_GOOD = example("""\
params: [{name: url}]
image: IMAGE
env: [{name: URL, value: $(params.url)}]
script: |
  #!/bin/sh
  git clone "$URL"
""")

RULE = Rule(
    code="TKN133",
    title="StepActions",
    effect="refused",
    reason="A parameter in a script would become part of the program, whatever it holds.",
    fix="read parameters from the environment in the script",
    good=_GOOD,
    bad=_GOOD.replace('git clone "$URL"', 'git clone "$(params.url)"'),
    document=each_resource(_look),
    kinds=("StepAction",),
)
