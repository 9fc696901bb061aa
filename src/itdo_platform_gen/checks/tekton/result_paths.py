"""The files of results that steps write are of results that are declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.tasks import step_action, task_specs
from itdo_platform_gen.checks.pipelines.variables import too_deep, unknown_variable
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.pipelines.tasks import Step
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.diagnostics import Effect
    from itdo_platform_gen.syntax.node import Path


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        for step in spec.steps:
            yield from _in_step(resource, step, spec.results, sees_none=False)
    action = step_action(resource)
    if action is not None:
        yield from _in_step(resource, action, _results_of(action), sees_none=True)


def _results_of(step: Step) -> list[str]:
    return [text(result, "name") for _, result in mappings(step.data, "results")]


def _in_step(resource: Resource, step: Step, results: Collection[str], *, sees_none: bool) -> Iterator[Finding]:
    """Look at a step; of one without results the webhook sees no wrong one, but of a StepAction."""
    own = _results_of(step)
    sees_own = sees_none or bool(step.data.get("results"))
    for path, written in step.texts():
        if "results" in written:
            in_script = path[-1] == "script"
            effect: Effect = "refused" if in_script and sees_own else "fails"
            yield from _text(resource, path, written, "step.results", own, effect)
            yield from _text(resource, path, written, "results", results, "refused" if in_script else "fails")


def _text(  # noqa: PLR0913, PLR0917  what is looked for has that many sides
    resource: Resource, path: Path, written: str, prefix: str, known: Collection[str], effect: Effect
) -> Iterator[Finding]:
    deep = too_deep(written, prefix)
    unknown = unknown_variable(written, prefix, known)
    if deep is not None:
        message, hint = f"expected $({prefix}.name.path), got {deep}", "a name with dots in it is written in brackets"
        yield resource.find(path, message, hint, effect)
    elif unknown is not None:
        whose = "of the step" if prefix == "step.results" else "of the Task"
        message = f"expected a result {whose} that is declared, got {unknown or 'none'}"
        yield resource.find(path, message, suggest(unknown, known) or "declare it under results:", effect)


_GOOD = task("""\
results: [{name: version}]
steps:
  - name: compile
    image: IMAGE
    script: |
      #!/bin/sh
      git describe > "$(results.version.path)"
""")

RULE = Rule(
    code="TKN116",
    title="files of results",
    effect="refused",
    reason="A step writes a result into a file, whose path is known for those that are declared.",
    fix="declare it under results:, or correct the name",
    good=_GOOD,
    bad=_GOOD + '        echo done > "$(results.state.path)"\n',
    document=each_resource(_look),
    kinds=EVERY_KIND,
)
