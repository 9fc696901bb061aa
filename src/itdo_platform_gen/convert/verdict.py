"""Verdict: what has to change in one resource, or why it stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.resource import PIPELINES
from itdo_platform_gen.checks.reading import at, text
from itdo_platform_gen.convert.change import Assign
from itdo_platform_gen.convert.tekton import KINDS, LACKS, Differences, Fault
from itdo_platform_gen.syntax.node import dotted, mark_at

if TYPE_CHECKING:
    from itdo_platform_gen.convert.change import Change
    from itdo_platform_gen.convert.resources import Resource
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.node import Node, Path

OLD = "v1beta1"
NEW = f"{PIPELINES}/v1"

_STAYING = ("StepAction", "CustomRun")
_GONE = {
    "ClusterTask": "make it a Task in a namespace, and convert what refers to it with --cluster-tasks-in NAMESPACE",
    "Condition": "write a Task with a result, and when on that",
    "PipelineResource": "give its parts by params and workspaces",
    "Run": "write it as CustomRun in tekton.dev/v1beta1, with customRef for ref and customSpec for spec",
}


@dataclass(slots=True)
class Verdict:
    """The changes that bring a resource to v1, none where it stays, and what is to be said of it."""

    changes: list[Change] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def judge(resource: Resource, root: Node, cluster_tasks_in: str | None) -> Verdict:
    """Tell what becomes of a resource."""
    kind = (*resource.path, "kind")
    if resource.group == PIPELINES and resource.version == OLD and resource.kind in KINDS:
        return _converted(resource, root, cluster_tasks_in)
    if resource.group == PIPELINES and resource.kind in _GONE:
        message = f"there is no {resource.kind} in {NEW}"
        return Verdict([], [_refused(resource, root, Fault(LACKS, kind, message, _GONE[resource.kind]))])
    if resource.group == PIPELINES and resource.kind in KINDS and resource.version not in {"v1", OLD}:
        message = f"{text(resource.data, 'apiVersion')} is older than what can be converted"
        hint = "write it in tekton.dev/v1beta1 first: inputs and outputs have become params, workspaces and results"
        return Verdict([], [_refused(resource, root, Fault(LACKS, kind, message, hint))])
    if resource.version == OLD and (resource.group != PIPELINES or resource.kind in _STAYING):
        message = f"stays in {text(resource.data, 'apiVersion')}: Tekton has no {resource.kind} in v1"
        return Verdict([], [_told(resource, root, ("apiVersion",), message)])
    return Verdict()


def _converted(resource: Resource, root: Node, cluster_tasks_in: str | None) -> Verdict:
    differences = Differences(cluster_tasks_in)
    verdict = Verdict()
    if "apiVersion" in resource.data:
        differences.changes.append(Assign((*resource.path, "apiVersion"), NEW))
    for path, member in resource.members():
        if path != resource.path and text(member, "apiVersion") == f"{PIPELINES}/{OLD}":
            differences.changes.append(Assign((*path, "apiVersion"), NEW))
        differences.look(resource.kind, at(member, "spec"), (*path, "spec"))
        if at(member, "status"):
            message = "status stays as it is: a cluster writes it, and v1 has other fields there"
            verdict.diagnostics.append(_told(resource, root, (*path, "status"), message, "leave it out of files"))
    if differences.faults:
        faults = differences.faults
        verdict.diagnostics = [_refused(resource, root, fault) for fault in faults]
    else:
        verdict.changes = differences.changes
    return verdict


def _refused(resource: Resource, root: Node, fault: Fault) -> Diagnostic:
    code, path, message, hint = fault.code, fault.path, fault.message, fault.hint
    mark = mark_at(root, path, at_key=path[-1] != "kind")
    return mark.diagnose(code, message, hint=hint, resource=resource.shown, path=dotted(path))


def _told(resource: Resource, root: Node, path: Path, message: str, hint: str | None = None) -> Diagnostic:
    at_key = path[-1] == "status"
    mark = mark_at(root, path if at_key else (*resource.path, *path), at_key=at_key)
    return mark.diagnose(
        "CNV004", message, hint=hint, effect="advice", severity="notice", resource=resource.shown, path=dotted(path)
    )
