"""Gitleaks is called by the commands that it goes on with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.scripts import commands_of
from itdo_platform_gen.checks.pipelines.tasks import step_action, task_specs
from itdo_platform_gen.checks.reading import items, text
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding

_CALL = re.compile(r"\bgitleaks\s+(?:-\S+\s+)*(detect|protect)\b")
_FORMER = {"detect": "gitleaks git . for the history, or gitleaks dir . for files", "protect": "gitleaks git --staged"}


def _look(resource: Resource) -> Iterator[Finding]:
    steps = [step for spec in task_specs(resource) for step in spec.steps]
    action = step_action(resource)
    for step in (*steps, *([action] if action is not None else ())):
        for called in dict.fromkeys(_CALL.findall(commands_of(step.script))):
            yield _finding(resource, (*step.path, "script"), called)
        for field in ("args", "command"):
            words = [word for word in items(step.data, field) if isinstance(word, str)]
            runs_it = "gitleaks" in text(step.data, "image") or "gitleaks" in items(step.data, "command")
            for index, word in enumerate(words[:2]):
                if word in _FORMER and runs_it:
                    yield _finding(resource, (*step.path, field, index), word)


def _finding(resource: Resource, path: tuple[str | int, ...], called: str) -> Finding:
    message = f"expected a command that gitleaks goes on with, got gitleaks {called}, deprecated since 8.19"
    return resource.find(path, message, f"write {_FORMER[called]}")


_GOOD = task("""\
steps:
  - name: secrets
    image: IMAGE
    command: [gitleaks, dir, .]
""")

RULE = Rule(
    code="TKN177",
    title="commands of gitleaks",
    effect="advice",
    reason="gitleaks detect and protect are deprecated since 8.19, and hidden from its help.",
    fix="write gitleaks git or gitleaks dir",
    good=_GOOD,
    bad=_GOOD.replace("dir, .]", "detect]"),
    document=each_resource(_look),
    kinds=EVERY_KIND,
)
