"""A condition compares texts: no shell runs in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import condition_texts, graphs_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS, each_resource
from itdo_platform_gen.checks.pipelines.scripts import files_written
from itdo_platform_gen.checks.pipelines.tasks import task_specs
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.pipelines.tasks import Step
    from itdo_platform_gen.checks.rule import Finding

_SHELL = re.compile(r"\$\(\s*[A-Za-z_./][\w./-]*(?:\s[^)]*|\s*<[^)]*)\)|`[^`]+`|\$\{?[A-Za-z_]\w*\}?")
_FILE = re.compile(r"(/[\w./-]*\w)")


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        for index, step in enumerate(spec.steps):
            for path, written in condition_texts(step.data, step.path):
                if path[-1] != "cel" and _SHELL.search(written):
                    yield resource.find(path, _message(written), _hint(written, spec.steps[:index]))
    for graph in graphs_of(resource):
        for task_ in graph.tasks:
            for path, written in task_.conditions():
                if path[-1] != "cel" and _SHELL.search(written):
                    hint = "let a task write it into a result, and ask for $(tasks.name.results.name)"
                    yield resource.find(path, _message(written), hint)


def _message(written: str) -> str:
    return f"expected a text or a variable of Tekton, got {show(written)}, which no shell ever reads"


def _hint(written: str, before: list[Step]) -> str:
    """Give the condition that is meant, after the file that is read and the step that writes it."""
    match = _FILE.search(written)
    file = match[1] if match else ""
    result = file.rpartition("/")[2].partition(".")[0] or "name"
    step = next((step for step in before if file and file in files_written(step.script)), None)
    source = step.name if step is not None and step.name else "name"
    return (
        f'give the step {source} results: [{{name: {result}}}], let it write to "$(step.results.{result}.path)", '
        f"and write input: $(steps.{source}.results.{result})"
    )


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
    command: [make]
    when: [{input: $(steps.detect.results.language), operator: in, values: [go]}]
""")

RULE = Rule(
    code="TKN176",
    title="shells in conditions",
    effect="fails",
    reason="The text is compared as it stands and never equals a value, so that what it guards is always skipped.",
    fix="write what is compared into a result, and ask for that",
    good=_GOOD,
    bad=_GOOD.replace("input: $(steps.detect.results.language)", 'input: "$(cat /workspace/language)"'),
    document=each_resource(_look),
    kinds=SPEC_KINDS,
)
