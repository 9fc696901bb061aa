"""Tekton: how resources of v1beta1 differ from those of v1, and what they hold that v1 has no form for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.reading import mapping, mappings, text
from itdo_platform_gen.convert.change import Change, Gather, Rename, Resolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from itdo_platform_gen.syntax.node import Path

KINDS = ("Pipeline", "PipelineRun", "Task", "TaskRun")
"""The kinds that v1 has."""

LACKS, TWICE = "CNV001", "CNV003"

_RESOURCES = "PipelineResources are gone: give their parts by params and workspaces"
_RUN_ACCOUNTS = "write taskRunSpecs, a list of pipelineTaskName and serviceAccountName"
_CONDITIONS = "write when, on a param or on a result of an earlier task"
_OF_ONE_CONTAINER = (
    *("ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle"),
    *("stdin", "stdinOnce", "tty", "terminationMessagePath", "terminationMessagePolicy"),
)
_TEMPLATE_FIELDS = ("name", *_OF_ONE_CONTAINER)
_NO_EFFECT = "leave it out: steps have no use for it, and what has to run beside them is a sidecar"
_CLUSTER_TASKS = (
    "install it as a Task in a namespace, and name that to have references written by the cluster resolver: "
    "--cluster-tasks-in NAMESPACE"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a resource from being converted, and where it stands."""

    code: str
    path: Path
    message: str
    hint: str


@dataclass(slots=True)
class Differences:
    """Collects what has to change in resources, and what cannot."""

    cluster_tasks_in: str | None = None
    """The namespace whose Tasks took the place of ClusterTasks."""
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def look(self, kind: str, data: object, path: Path) -> None:
        """Compare the spec at a path, of a resource of that kind, with v1."""
        spec = mapping(data)
        if kind == "Task":
            self._task(spec, path)
        elif kind == "TaskRun":
            self._task_run(spec, path)
        elif kind == "Pipeline":
            self._pipeline(spec, path)
        else:
            self._pipeline_run(spec, path)

    def _pipeline_run(self, spec: dict[str, Any], path: Path) -> None:
        self._lacks(spec, path, ("resources",), _RESOURCES)
        self._lacks(spec, path, ("serviceAccountNames",), _RUN_ACCOUNTS)
        self._gather(spec, path, {"timeout": "pipeline"}, "timeouts")
        names = ("serviceAccountName", "podTemplate")
        self._gather(spec, path, {name: name for name in names}, "taskRunTemplate")
        self._reference(spec, path, "pipeline")
        self._pipeline(mapping(spec, "pipelineSpec"), (*path, "pipelineSpec"))
        for index, run in mappings(spec, "taskRunSpecs"):
            place = (*path, "taskRunSpecs", index)
            self._rename(run, place, "taskServiceAccountName", "serviceAccountName")
            self._rename(run, place, "taskPodTemplate", "podTemplate")
            self._overrides(run, place)

    def _pipeline(self, spec: dict[str, Any], path: Path) -> None:
        self._lacks(spec, path, ("resources",), _RESOURCES)
        for name in ("tasks", "finally"):
            for index, task in mappings(spec, name):
                place = (*path, name, index)
                self._lacks(task, place, ("resources",), _RESOURCES)
                self._lacks(task, place, ("conditions",), _CONDITIONS)
                self._reference(task, place, "task")
                self._task(mapping(task, "taskSpec"), (*place, "taskSpec"))
                self._reference(task, place, "pipeline")
                self._pipeline(mapping(task, "pipelineSpec"), (*place, "pipelineSpec"))

    def _task_run(self, spec: dict[str, Any], path: Path) -> None:
        self._lacks(spec, path, ("resources", "inputs", "outputs"), _RESOURCES)
        self._overrides(spec, path)
        self._reference(spec, path, "task")
        self._task(mapping(spec, "taskSpec"), (*path, "taskSpec"))

    def _task(self, spec: dict[str, Any], path: Path) -> None:
        self._lacks(spec, path, ("resources", "inputs", "outputs"), _RESOURCES)
        template = mapping(spec, "stepTemplate")
        self._lacks(template, (*path, "stepTemplate"), _TEMPLATE_FIELDS, _NO_EFFECT)
        self._rename(template, (*path, "stepTemplate"), "resources", "computeResources")
        for index, step in mappings(spec, "steps"):
            self._lacks(step, (*path, "steps", index), _OF_ONE_CONTAINER, _NO_EFFECT)
        self._computed(spec, path, ("steps", "sidecars"))

    def _overrides(self, run: dict[str, Any], path: Path) -> None:
        self._computed(run, path, ("stepOverrides", "sidecarOverrides"))
        self._rename(run, path, "stepOverrides", "stepSpecs")
        self._rename(run, path, "sidecarOverrides", "sidecarSpecs")

    def _computed(self, holder: dict[str, Any], path: Path, lists: Iterable[str]) -> None:
        for name in lists:
            for index, container in mappings(holder, name):
                self._rename(container, (*path, name, index), "resources", "computeResources")

    def _reference(self, holder: dict[str, Any], path: Path, kind: str) -> None:
        """Look at a `taskRef` or `pipelineRef`."""
        name = f"{kind}Ref"
        reference, place = mapping(holder, name), (*path, name)
        if "bundle" in reference:
            self._bundle(reference, place, kind)
        elif kind == "task" and text(reference, "kind") == "ClusterTask":
            if self.cluster_tasks_in is None:
                self._fault(LACKS, (*place, "kind"), "v1 has no ClusterTasks", _CLUSTER_TASKS)
            else:
                self._resolve(reference, place, "cluster", {"kind": "task", "namespace": self.cluster_tasks_in})

    def _bundle(self, reference: dict[str, Any], path: Path, kind: str) -> None:
        given = text(reference, "kind").lower() or kind
        if given != kind:
            self._fault(LACKS, (*path, "kind"), f"a bundle has no {reference['kind']} for v1", f"bundle a {kind}")
        else:
            self._resolve(reference, path, "bundles", {"kind": kind})

    def _resolve(self, reference: dict[str, Any], path: Path, resolver: str, given: dict[str, str]) -> None:
        others = [key for key in reference if key not in {"name", "bundle", "kind", "apiVersion"}]
        unclear = [key for key in ("name", *reference) if not text(reference, key)]
        if others:
            message = f"{others[0]} stands beside what becomes a reference by the resolver {resolver}"
            self._fault(TWICE, (*path, others[0]), message, "keep one of the two forms")
        elif unclear:
            message = f"{unclear[0]} says nothing, and the resolver {resolver} needs it"
            self._fault(TWICE, (*path, unclear[0]), message, "write the name that is meant")
        else:
            self.changes.append(Resolve(path, resolver, given))

    def _gather(self, holder: dict[str, Any], path: Path, names: dict[str, str], into: str) -> None:
        present = {key: names[key] for key in holder if key in names}
        if present and into in holder:
            first = next(iter(present))
            message = f"{first} of v1beta1 stands beside {into}, which is where v1 has it"
            self._fault(TWICE, (*path, first), message, f"keep {into}.{present[first]} alone")
        elif present:
            self.changes.append(Gather(path, present, into))

    def _rename(self, holder: dict[str, Any], path: Path, key: str, name: str) -> None:
        if key in holder and name in holder:
            message = f"{key} of v1beta1 stands beside {name}, its name in v1"
            self._fault(TWICE, (*path, key), message, "keep one of the two")
        elif key in holder:
            self.changes.append(Rename(path, key, name))

    def _lacks(self, holder: dict[str, Any], path: Path, keys: Iterable[str], hint: str) -> None:
        for key in keys:
            if key in holder:
                self._fault(LACKS, (*path, key), f"v1 has no {key} here", hint)

    def _fault(self, code: str, path: Path, message: str, hint: str) -> None:
        self.faults.append(Fault(code, path, message, hint))
