"""Uses: the places where Tekton's documents take in others by name, and what is found there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.resource import PIPELINES, is_tekton, resources_of
from itdo_platform_gen.checks.pipelines.tasks import task_specs
from itdo_platform_gen.checks.reading import at, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph, PipelineTask
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path


@dataclass(frozen=True)
class Use:
    """A Task, Pipeline or StepAction that is taken in by what stands at a path, which gives it its parameters."""

    resource: Resource
    path: Path
    holder: dict[str, Any]
    kind: str
    name: str
    """Empty where the spec stands in the holder itself."""
    reference: Path
    spec: dict[str, Any] | None
    """What is taken in, None where it is not among the documents."""
    graph: Graph | None = None
    task: PipelineTask | None = None

    @property
    def called(self) -> str:
        """What is taken in as messages name it."""
        return f"the {self.kind} {self.name}" if self.name else f"the {self.kind} here"


def uses_in(world: World) -> Iterator[Use]:
    """Give every use among the documents of a world."""
    for document in world.documents:
        if is_tekton(document):
            for resource in resources_of(document):
                yield from uses_of(resource, world)


def uses_of(resource: Resource, world: World) -> Iterator[Use]:
    """Give what a resource takes in."""
    run = {"TaskRun": ("Task", "taskRef", "taskSpec"), "PipelineRun": ("Pipeline", "pipelineRef", "pipelineSpec")}
    if resource.kind in run:
        kind, reference, embedded = run[resource.kind]
        yield _use(resource, world, ("spec",), kind, (reference, embedded))
    for graph in graphs_of(resource):
        for task in graph.tasks:
            custom = text(task.data, "taskRef", "apiVersion") or text(task.data, "taskRef", "kind") not in {"", "Task"}
            if not custom and (task.data.get("taskRef") is not None or task.embedded is not None):
                yield _use(resource, world, task.path, "Task", ("taskRef", "taskSpec"), graph, task)
    for spec in task_specs(resource):
        for step in spec.steps:
            if step.is_reference:
                yield _use(resource, world, step.path, "StepAction", ("ref", ""))


def _use(  # noqa: PLR0913, PLR0917  a use has that many sides
    resource: Resource,
    world: World,
    path: Path,
    kind: str,
    fields: tuple[str, str],
    graph: Graph | None = None,
    task: PipelineTask | None = None,
) -> Use:
    holder = mapping(resource.data, *path)
    reference, embedded = fields
    name = text(holder, reference, "name") if not text(holder, reference, "resolver") else ""
    spec = holder.get(embedded) if embedded else None
    if name and not text(holder, reference, "bundle"):
        spec = found(world, kind, resource.namespace, name)
    place = (*path, reference, "name")
    return Use(resource, path, holder, kind, name, place, spec if isinstance(spec, dict) else None, graph, task)


def found(world: World, kind: str, namespace: str, name: str) -> dict[str, Any] | None:
    """Give the spec of what has a name among the documents of a world, None where it is not there."""
    document = world.find(kind, namespace, name)
    if document is None or not is_tekton(document, PIPELINES):
        return None
    spec = at(document.data, "spec")
    return spec if isinstance(spec, dict) else None
