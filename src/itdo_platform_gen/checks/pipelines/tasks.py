"""Tasks: the specs of Tasks and their steps, wherever they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.parameters import declared, given, merged, widened
from itdo_platform_gen.checks.pipelines.resource import resources_of, spec_of
from itdo_platform_gen.checks.pipelines.texts import container_texts
from itdo_platform_gen.checks.reading import at, mapping, mappings, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.pipelines.parameters import Parameter
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path


@dataclass(frozen=True)
class Step:
    """A step of a Task, or a StepAction, which is one that others take in."""

    path: Path
    data: dict[str, Any]

    @property
    def name(self) -> str:
        """Its name, empty where it has none."""
        return text(self.data, "name")

    @property
    def is_reference(self) -> bool:
        """Whether it takes in a StepAction."""
        return self.data.get("ref") is not None

    @property
    def script(self) -> str:
        """Its script, empty where it has none."""
        return text(self.data, "script")

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Give the texts in which the webhook looks for variables, with their paths in the resource."""
        for path, written in container_texts(self.data):
            yield (*self.path, *path), written


@dataclass(frozen=True)
class TaskSpec:
    """The spec of a Task: on its own, in a TaskRun or in a task of a Pipeline."""

    resource: Resource
    path: Path
    data: dict[str, Any]
    graph: Graph | None = None
    section: str = ""
    given: tuple[Parameter, ...] = ()
    """What the task of the pipeline gives it, where the pipeline stands in a run."""

    @cached_property
    def steps(self) -> list[Step]:
        """Its steps as they are written."""
        return [Step((*self.path, "steps", index), step) for index, step in mappings(self.data, "steps")]

    @cached_property
    def template(self) -> dict[str, Any]:
        """What its steps have in common."""
        return mapping(self.data, "stepTemplate")

    def of_step(self, step: Step, key: str) -> Any:
        """Give a field of a step, that of the template where the step has none."""
        found = step.data.get(key)
        return self.template.get(key) if not found and not step.is_reference else found

    @cached_property
    def seen_steps(self) -> list[Step]:
        """Its steps, and the template as far as they take it in, as the webhook looks at them."""
        own = [step.data for step in self.steps if not step.is_reference]
        reached = {key: value for key, value in self.template.items() if any(not step.get(key) for step in own)}
        for field, key in (("env", "name"), ("volumeMounts", "mountPath")):
            entries = self.template.get(field)
            if own and isinstance(entries, list):
                reached[field] = [entry if _reaches(entry, own, field, key) else {} for entry in entries]
        return [*self.steps, *([Step((*self.path, "stepTemplate"), reached)] if reached else [])]

    @cached_property
    def sidecars(self) -> list[Step]:
        """Its sidecars."""
        return [Step((*self.path, "sidecars", index), item) for index, item in mappings(self.data, "sidecars")]

    @cached_property
    def parameters(self) -> list[Parameter]:
        """The parameters that it declares."""
        return declared(self.data, self.path)

    @cached_property
    def scope(self) -> list[Parameter]:
        """The parameters that its steps may refer to."""
        if self.graph is not None:
            others = widened(self.graph.scope, self.given)
            names = {own.name for own in self.parameters}
            return [*self.parameters, *(each for each in others if each.name not in names)]
        if self.resource.kind == "TaskRun":
            return merged(given(spec_of(self.resource), ("spec",)), self.parameters)
        return self.parameters

    @property
    def scope_is_seen(self) -> bool:
        """Whether the webhook compares what its steps refer to with its scope."""
        return not (self.graph is not None and self.graph.is_embedded and self.section == "finally")

    @cached_property
    def results(self) -> list[str]:
        """The names of the results that it declares."""
        return [text(result, "name") for _, result in mappings(self.data, "results")]

    @cached_property
    def workspaces(self) -> list[str]:
        """The names of the workspaces that it declares."""
        return [text(workspace, "name") for _, workspace in mappings(self.data, "workspaces")]


def _reaches(entry: object, steps: list[dict[str, Any]], field: str, key: str) -> bool:
    """Tell whether some step has no entry of its own in the place of one of the template's."""
    own = text(entry, key)
    return any(own not in {text(other, key) for _, other in mappings(step, field)} for step in steps)


def task_specs(resource: Resource) -> Iterator[TaskSpec]:
    """Give every spec of a Task that a resource holds."""
    place = {"Task": ("spec",), "TaskRun": ("spec", "taskSpec")}.get(resource.kind)
    spec = at(resource.data, *place) if place is not None else ""
    if place is not None and (isinstance(spec, dict) or (spec is None and resource.kind == "Task")):
        yield TaskSpec(resource, place, mapping(resource.data, *place))
    for graph in graphs_of(resource):
        for task in graph.tasks:
            if task.embedded is not None:
                values = tuple(given(task.data, task.path)) if graph.is_embedded else ()
                yield TaskSpec(resource, (*task.path, "taskSpec"), task.embedded, graph, task.section, values)


_UNSEEN = {"mountPath", "subPath", "workingDir"}


def is_seen(action: Step, path: Path) -> bool:
    """Tell whether the webhook looks at the text at a path of a StepAction; of a Task's step it looks at each."""
    return path[len(action.path)] != "name" and path[-1] not in _UNSEEN


def step_action(resource: Resource) -> Step | None:
    """Give the step that a StepAction is, None for what is none."""
    spec = resource.data.get("spec")
    if resource.kind != "StepAction" or not (spec is None or isinstance(spec, dict)):
        return None
    return Step(("spec",), spec or {})


def each_task(look: Callable[[TaskSpec], Iterator[Finding]]) -> Callable[[Document, World], Iterator[Finding]]:
    """Have a rule look at every spec of a Task in a document."""

    def find(document: Document, _: World) -> Iterator[Finding]:
        for resource in resources_of(document):
            for spec in task_specs(resource):
                yield from look(spec)

    return find


def images_in(resource: Resource) -> Iterator[tuple[Path, str]]:
    """Give the images of a resource's steps, sidecars and templates that have no variable in them."""
    holders: list[tuple[Path, dict[str, Any]]] = []
    action = step_action(resource)
    if action is not None:
        holders.append((action.path, action.data))
    for spec in task_specs(resource):
        holders += [(each.path, each.data) for each in (*spec.steps, *spec.sidecars)]
        holders.append(((*spec.path, "stepTemplate"), spec.template))
    for path, holder in holders:
        image = text(holder, "image")
        if resource.knows(image):
            yield (*path, "image"), image
