"""The steps of a Task give up what the pod security of their namespace asks them to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.pods import TaskPod
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS, resources_of
from itdo_platform_gen.checks.pipelines.tasks import task_specs
from itdo_platform_gen.checks.podsecurity import baseline, restricted
from itdo_platform_gen.checks.podsecurity.policy import policy_of
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.tasks import TaskSpec
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_TEMPLATES = {"TaskRun": ("podTemplate",), "PipelineRun": ("taskRunTemplate", "podTemplate")}
# What a Task leaves to the podTemplate of its runs, which nobody knows here.
_GRANTED = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}


def _find(document: Document, world: World) -> Iterator[Finding]:
    for resource in resources_of(document):
        for spec in task_specs(resource):
            yield from _broken(spec, document, world)


def _broken(spec: TaskSpec, document: Document, world: World) -> Iterator[Finding]:
    pod = TaskPod(document, (*spec.resource.path, *spec.path), {}, {**spec.data, "securityContext": _context(spec)})
    policy = policy_of(pod, world)
    if policy is None:
        return
    checks = [*(restricted.CHECKS if policy.level == "restricted" else ()), *baseline.CHECKS]
    for check in checks:
        if policy.level == "restricted" and policy.version >= restricted.INSTEAD_OF.get(check, policy.version + 1):
            continue
        for path, message in check(pod, policy.version):
            yield Finding(document, path, f"{policy.level} pod security: {message}")


def _context(spec: TaskSpec) -> dict[str, Any]:
    template = _TEMPLATES.get(spec.resource.kind)
    if template is None:
        return _GRANTED
    return mapping(spec.resource.data, "spec", *template, "securityContext")


_NAMESPACE = """\
apiVersion: v1
kind: Namespace
metadata: {name: ci, labels: {pod-security.kubernetes.io/enforce: restricted}}
---
"""
_GOOD = _NAMESPACE + task("""\
stepTemplate:
  securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
steps:
  - {name: compile, image: IMAGE, command: [make]}
""")

RULE = Rule(
    code="TKN184",
    title="pod security of Tasks",
    effect="fails",
    reason="Tekton takes the Task, and the namespace then refuses its pods.",
    fix="set allowPrivilegeEscalation: false and capabilities.drop: [ALL] in stepTemplate.securityContext, and "
    "runAsNonRoot: true and seccompProfile.type: RuntimeDefault there or in the podTemplate of the run",
    good=_GOOD,
    bad=_GOOD.replace("drop: [ALL]", "add: [CHOWN]"),
    document=_find,
    kinds=SPEC_KINDS,
)
