"""Each value that a step writes for conditions has a step that it lets through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.pipelines.scripts import commands_of
from itdo_platform_gen.checks.pipelines.tasks import each_task
from itdo_platform_gen.checks.reading import items, mappings, text
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.tasks import TaskSpec
    from itdo_platform_gen.checks.rule import Finding

_WRITTEN = re.compile(
    r"""\b(?:echo|printf)\s+(?:-n\s+)?["']?([\w.+-]+)["']?\s*>\s*["']?(?:\$\(step\.results\.([\w-]+)\.path\)|(/[\w./-]+))"""
)
_FEWEST = 2


def _look(spec: TaskSpec) -> Iterator[Finding]:
    for index, step in enumerate(spec.steps):
        values: dict[str, list[str]] = {}
        for value, result, file in _WRITTEN.findall(commands_of(step.script)):
            asked = f"$(steps.{step.name}.results.{result})" if result else file
            values.setdefault(asked, []).append(value)
        for asked, written in values.items():
            handled = _handled(spec, index, asked)
            missing = [value for value in dict.fromkeys(written) if value not in (handled or ())]
            if handled is not None and len(set(written)) >= _FEWEST and missing:
                message = f"expected a step for each value that {step.name or 'this one'} writes, got none for "
                message += ", ".join(missing)
                yield spec.resource.find((*step.path, "script"), message)


def _handled(spec: TaskSpec, index: int, asked: str) -> set[str] | None:
    """Give the values that later conditions let through, None where none looks or one looks for what is not."""
    handled: set[str] = set()
    found = False
    for step in spec.steps[index + 1 :]:
        for _, condition in mappings(step.data, "when"):
            if asked in text(condition, "input"):
                if condition.get("operator") != "in":
                    return None
                found = True
                handled |= {value for value in items(condition, "values") if isinstance(value, str)}
    return handled if found else None


_GOOD = task("""\
steps:
  - name: detect
    image: IMAGE
    results: [{name: language}]
    script: |
      #!/bin/sh
      if [ -f go.mod ]; then printf go > "$(step.results.language.path)"
      elif [ -f Cargo.toml ]; then printf rust > "$(step.results.language.path)"
      else exit 1; fi
  - name: go
    image: IMAGE
    command: [go, vet, ./...]
    when: [{input: $(steps.detect.results.language), operator: in, values: [go]}]
  - name: rust
    image: IMAGE
    command: [cargo, clippy]
    when: [{input: $(steps.detect.results.language), operator: in, values: [rust]}]
""")

RULE = Rule(
    code="TKN182",
    title="values that no condition lets through",
    effect="advice",
    reason="Where every step is skipped the Task succeeds without having done anything.",
    fix="add a step for it, or let the script fail",
    good=_GOOD,
    bad=_GOOD.replace("values: [rust]", "values: [go]"),
    document=each_task(_look),
    kinds=SPEC_KINDS,
)
