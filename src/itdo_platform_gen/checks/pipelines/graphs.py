"""Graphs: the specs of Pipelines and the tasks in them, wherever they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.pipelines.parameters import declared, given, merged, texts_of, widened
from itdo_platform_gen.checks.pipelines.resource import resources_of, spec_of
from itdo_platform_gen.checks.pipelines.variables import expressions
from itdo_platform_gen.checks.reading import at, items, mapping, mappings, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from itdo_platform_gen.checks.pipelines.parameters import Parameter
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

SECTIONS = ("tasks", "finally")


@dataclass(frozen=True)
class PipelineTask:
    """One task of a Pipeline: in which section it stands, and where in the resource."""

    section: str
    path: Path
    data: dict[str, Any]

    @property
    def name(self) -> str:
        """Its name in the pipeline."""
        return text(self.data, "name")

    @property
    def is_matrixed(self) -> bool:
        """Whether it runs once for each combination of some parameters."""
        return bool(items(self.data, "matrix", "params") or items(self.data, "matrix", "include"))

    @property
    def embedded(self) -> dict[str, Any] | None:
        """The spec of the Task that stands within it, None where there is none, or one of a custom task."""
        spec = self.data.get("taskSpec")
        if not isinstance(spec, dict) or spec.get("apiVersion") or spec.get("kind") not in {None, "", "Task"}:
            return None
        return spec

    def value_lists(self) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Give each list of values of it, as the path of what holds `params`."""
        yield (), self.data
        if isinstance(self.data.get("matrix"), dict):
            yield ("matrix",), self.data["matrix"]
            for index, include in mappings(self.data, "matrix", "include"):
                yield ("matrix", "include", index), include

    def texts(self, *, matrix: bool = True) -> Iterator[tuple[Path, str]]:
        """Give the texts of its parameters' values and of its conditions, with their paths in the resource."""
        for place, holder in self.value_lists() if matrix else [((), self.data)]:
            for index, value in mappings(holder, "params"):
                for part, written in texts_of(value.get("value")):
                    yield (*self.path, *place, "params", index, "value", *part), written
        yield from self.conditions()

    def conditions(self) -> Iterator[tuple[Path, str]]:
        """Give the texts of its conditions, with their paths in the resource."""
        yield from condition_texts(self.data, self.path)


def condition_texts(holder: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Give the texts of the conditions under `when`."""
    for index, condition in mappings(holder, "when"):
        for key in ("input", "cel"):
            if isinstance(condition.get(key), str):
                yield (*path, "when", index, key), condition[key]
        for number, value in enumerate(items(condition, "values")):
            if isinstance(value, str):
                yield (*path, "when", index, "values", number), value


@dataclass(frozen=True)
class Graph:
    """The spec of a Pipeline: on its own, in a PipelineRun, or in a task of another."""

    resource: Resource
    path: Path
    data: dict[str, Any]

    @property
    def is_embedded(self) -> bool:
        """Whether it stands in a PipelineRun, whose parameters and workspaces it may use without declaring them."""
        return self.resource.kind == "PipelineRun"

    @cached_property
    def tasks(self) -> list[PipelineTask]:
        """Its tasks, the `finally` ones last."""
        return [
            PipelineTask(section, (*self.path, section, index), task)
            for section in SECTIONS
            for index, task in mappings(self.data, section)
        ]

    def section(self, name: str) -> list[PipelineTask]:
        """Give the tasks of one section."""
        return [task for task in self.tasks if task.section == name]

    @cached_property
    def parameters(self) -> list[Parameter]:
        """The parameters that it declares."""
        return declared(self.data, self.path)

    @cached_property
    def scope(self) -> list[Parameter]:
        """The parameters that its tasks may refer to."""
        if not self.is_embedded:
            return self.parameters
        known = merged(given(spec_of(self.resource), ("spec",)), self.parameters)
        for task in self.section("tasks"):
            known = widened(known, given(task.data, task.path))
            if task.embedded is not None:
                known = merged(known, declared(task.embedded, (*task.path, "taskSpec")))
        return known

    @cached_property
    def workspaces(self) -> list[str]:
        """The names of the workspaces that it declares."""
        return [text(workspace, "name") for _, workspace in mappings(self.data, "workspaces")]


def graphs_of(resource: Resource) -> Iterator[Graph]:
    """Give the spec of a Pipeline that a resource holds."""
    place = {"Pipeline": ("spec",), "PipelineRun": ("spec", "pipelineSpec")}.get(resource.kind)
    if place is not None and isinstance(at(resource.data, *place), dict):
        yield Graph(resource, place, mapping(resource.data, *place))


def each_graph(look: Callable[[Graph], Iterator[Finding]]) -> Callable[[Document, World], Iterator[Finding]]:
    """Have a rule look at every spec of a Pipeline in a document."""

    def find(document: Document, _: World) -> Iterator[Finding]:
        for resource in resources_of(document):
            for graph in graphs_of(resource):
                yield from look(graph)

    return find


def expressions_of(texts: Iterator[tuple[Path, str]]) -> Iterator[tuple[Path, list[str]]]:
    """Give the expressions of each text that has some."""
    for path, written in texts:
        found = expressions(written)
        if found:
            yield path, found
