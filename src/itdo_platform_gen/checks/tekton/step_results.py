"""Results of steps are asked of earlier steps that declare them, where Tekton puts them in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import condition_texts
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.pipelines.results import result_references
from itdo_platform_gen.checks.pipelines.tasks import each_task
from itdo_platform_gen.checks.pipelines.texts import device_texts, reference_texts
from itdo_platform_gen.checks.pipelines.variables import expressions
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.results import ResultReference
    from itdo_platform_gen.checks.pipelines.tasks import Step, TaskSpec
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.syntax.node import Path

_REFERENCE = re.compile(r"\$\(steps\..*?\.results\..*?\)")
_TAKEN = ("command", "args", "env")
_INDIRECT = "put it into an environment variable: env: [{name: LANGUAGE, value: $(steps.detect.results.language)}]"


def _look(spec: TaskSpec) -> Iterator[Finding]:
    for index, step in enumerate(spec.steps):
        yield from _misplaced(spec, step)
        places = [(path, written) for path, written in step.texts() if path[len(step.path)] in _TAKEN]
        for path, written in (*places, *condition_texts(step.data, step.path)):
            for reference in result_references(expressions(written), "steps"):
                yield from _asked(spec, index, path, reference)
    for number, result in mappings(spec.data, "results"):
        for reference in result_references(expressions(text(result, "value")), "steps"):
            yield from _asked(spec, len(spec.steps), (*spec.path, "results", number, "value"), reference)


def _misplaced(spec: TaskSpec, step: Step) -> Iterator[Finding]:
    own = ((path, written) for path, written in step.texts() if path[len(step.path)] not in _TAKEN)
    others = (*reference_texts(step.data), *device_texts(step.data))
    for path, written in (*own, *(((*step.path, *path), written) for path, written in others)):
        if "env" not in path and _REFERENCE.search(written):
            message = "expected results of steps in env, command, args and when only"
            yield spec.resource.find(path, message, _INDIRECT)


def _asked(spec: TaskSpec, index: int, path: Path, reference: ResultReference) -> Iterator[Finding]:
    before = [step for step in spec.steps[:index] if step.name]
    named = {step.name: step for step in before}
    step = named.get(reference.of)
    if step is None:
        later = reference.of in {other.name for other in spec.steps[index:]}
        got = f"{reference.of}, which comes no sooner" if later else reference.of
        message = f"expected an earlier step, got {got}"
        yield spec.resource.find(path, message, None if later else suggest(reference.of, named), "fails")
    elif not step.is_reference:
        known = [text(result, "name") for _, result in mappings(step.data, "results")]
        if reference.result not in known:
            message = f"expected a result of the step {step.name}, got {reference.result}"
            hint = suggest(reference.result, known) or f"declare it under results: of the step {step.name}"
            yield spec.resource.find(path, message, hint, "fails")


_GOOD = task("""\
steps:
  - name: detect
    image: IMAGE
    results: [{name: language}]
    script: |
      #!/bin/sh
      printf go > "$(step.results.language.path)"
  - name: check
    image: IMAGE
    env: [{name: LANGUAGE, value: $(steps.detect.results.language)}]
    script: |
      #!/bin/sh
      make "check-$LANGUAGE"
""")

RULE = Rule(
    code="TKN117",
    title="results of steps",
    effect="refused",
    reason="Tekton puts results of earlier steps into env, command, args and when, as each step starts.",
    fix="name an earlier step and one of its results, in env, command, args or when",
    good=_GOOD,
    bad=_GOOD.replace('"check-$LANGUAGE"', '"check-$(steps.detect.results.language)"'),
    document=each_task(_look),
    kinds=SPEC_KINDS,
)
