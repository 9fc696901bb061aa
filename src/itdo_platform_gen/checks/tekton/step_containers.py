"""The pod that a Task becomes is one that the server takes: its steps are containers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.kubernetes.environment import RULE as ENVIRONMENT
from itdo_platform_gen.checks.kubernetes.pod_volumes import RULE as VOLUMES
from itdo_platform_gen.checks.kubernetes.privilege_conflicts import RULE as PRIVILEGES
from itdo_platform_gen.checks.kubernetes.requests_limits import RULE as RESOURCES
from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.pods import TaskPod
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS, resources_of
from itdo_platform_gen.checks.pipelines.tasks import task_specs
from itdo_platform_gen.checks.reading import at
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.tasks import TaskSpec
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.diagnostics import Effect
    from itdo_platform_gen.render.document import Document

_RULES = (ENVIRONMENT, VOLUMES, PRIVILEGES, RESOURCES)


def _find(document: Document, world: World) -> Iterator[Finding]:
    for resource in resources_of(document):
        for spec in task_specs(resource):
            yield from _faults(spec, document, world)


def _faults(spec: TaskSpec, document: Document, world: World) -> Iterator[Finding]:
    pod = TaskPod(document, (*spec.resource.path, *spec.path), {}, spec.data)
    for rule in _RULES:
        for finding in rule.pod(pod, world) if rule.pod is not None else ():
            if "$(" not in str(at(document.data, *finding.path)):
                path = tuple("computeResources" if part == "resources" else part for part in finding.path)
                effect: Effect = "advice" if (finding.effect or rule.effect) == "advice" else "fails"
                yield replace(finding, path=path, effect=effect, hint=finding.hint or rule.fix)


_GOOD = task("""\
steps:
  - name: compile
    image: IMAGE
    command: [make]
    env: [{name: TOKEN, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
""")

RULE = Rule(
    code="TKN181",
    title="steps as containers",
    effect="fails",
    reason="Tekton takes the Task and then cannot make its pod: the server refuses the containers of its steps.",
    fix="correct it as one would for a pod",
    good=_GOOD,
    bad=_GOOD.replace("name: TOKEN, ", "name: TOKEN, value: x, "),
    document=_find,
    kinds=SPEC_KINDS,
)
