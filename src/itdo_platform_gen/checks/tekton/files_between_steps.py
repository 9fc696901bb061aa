"""What one step writes for another stands in a result or on a volume, not in its own /tmp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import condition_texts
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.pipelines.scripts import files_named, files_written
from itdo_platform_gen.checks.pipelines.tasks import each_task
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.tasks import Step, TaskSpec
    from itdo_platform_gen.checks.rule import Finding


def _look(spec: TaskSpec) -> Iterator[Finding]:
    for index, step in enumerate(spec.steps):
        for file in sorted(files_written(step.script)):
            readers = [other for other in spec.steps[index + 1 :] if _reads(other, file)]
            if readers and not (_is_shared(spec, step) and all(_is_shared(spec, reader) for reader in readers)):
                who = ", ".join(reader.name or "a later one" for reader in readers)
                result = file.rpartition("/")[2].partition(".")[0]
                message = f"expected results between steps, got {file}, which {who} cannot see"
                hint = f'add results: [{{name: {result}}}] to the step, write to "$(step.results.{result}.path)", '
                hint += f"and ask for $(steps.{step.name or 'name'}.results.{result}); or share a volume"
                yield spec.resource.find((*step.path, "script"), message, hint)


def _reads(step: Step, file: str) -> bool:
    texts = [written for _, written in (*step.texts(), *condition_texts(step.data, ()))]
    return any(file in files_named(written) and file not in files_written(written) for written in texts)


def _is_shared(spec: TaskSpec, step: Step) -> bool:
    """Tell whether a step has a volume where the others have their /tmp."""
    mounts = [*mappings(step.data, "volumeMounts"), *mappings(spec.template, "volumeMounts")]
    return any(text(mount, "mountPath").rstrip("/") == "/tmp" for _, mount in mounts)  # noqa: S108  a mount's path


_GOOD = task("""\
steps:
  - name: detect
    image: IMAGE
    results: [{name: language}]
    script: |
      #!/bin/sh
      printf go > "$(step.results.language.path)"
  - name: build
    image: IMAGE
    env: [{name: LANGUAGE, value: $(steps.detect.results.language)}]
    script: |
      #!/bin/sh
      make "$LANGUAGE"
""")

RULE = Rule(
    code="TKN175",
    title="files between steps",
    effect="fails",
    reason="Each step is a container of its own, with a /tmp of its own.",
    fix="hand it on as a result of the step, in a workspace, or on a volume that both mount",
    good=_GOOD,
    bad=_GOOD.replace('printf go > "$(step', 'printf go > /tmp/go; cp /tmp/go "$(step').replace(
        "make ", "cat /tmp/go; make "
    ),
    document=each_task(_look),
    kinds=SPEC_KINDS,
)
