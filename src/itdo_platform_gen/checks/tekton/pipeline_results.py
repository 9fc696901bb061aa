"""A pipeline's results are those of its tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline
from itdo_platform_gen.checks.pipelines.graphs import each_graph
from itdo_platform_gen.checks.pipelines.parameters import texts_of, type_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.pipelines.results import is_result_reference, result_reference, result_references
from itdo_platform_gen.checks.pipelines.variables import expressions
from itdo_platform_gen.checks.reading import mappings
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.syntax.node import Path

_FORM = "$(tasks.name.results.name)"


def _look(graph: Graph) -> Iterator[Finding]:
    for index, result in mappings(graph.data, "results"):
        value = result.get("value")
        place = (*graph.path, "results", index, "value")
        found = [expression for _, written in texts_of(value) for expression in expressions(written)]
        asked = [expression for expression in found if is_result_reference(expression)]
        if not asked:
            yield graph.resource.find(place, f"expected the result of a task, such as {_FORM}, got none")
        elif len(asked) != len(result_references(asked)):
            yield graph.resource.find(place, f"expected references such as {_FORM}, got one with more parts")
        elif type_of(value) == "string" and isinstance(value, str):
            yield from _text(graph, place, value)
        else:
            for reference in result_references(asked):
                names = [task.name for task in graph.tasks]
                if reference.of not in names:
                    message = f"expected a task of this pipeline, got {reference.of}"
                    yield graph.resource.find(place, message, suggest(reference.of, names), "fails")


def _text(graph: Graph, place: Path, value: str) -> Iterator[Finding]:
    """Look at a text, which may hold several references, each with what follows it up to the next."""
    for part in value.split("$"):
        if not part:
            continue
        inner = f"${part}".removeprefix("$(").removesuffix(")")
        reference = result_reference(inner)
        section = "finally" if inner.startswith("finally") else "tasks"
        names = [task.name for task in graph.section(section)]
        if reference is None:
            message = f"expected references such as {_FORM} and nothing else, got {value}"
            yield graph.resource.find(place, message)
            return
        if reference.of not in names:
            message = f"expected a task under {section}, got {reference.of}"
            yield graph.resource.find(place, message, suggest(reference.of, names))


_GOOD = pipeline("""\
results: [{name: digest, value: $(tasks.build.results.digest)}]
tasks:
  - name: build
    taskSpec:
      results: [{name: digest}]
      steps: [{name: make, image: IMAGE, command: [make, $(results.digest.path)]}]
""")

RULE = Rule(
    code="TKN127",
    title="results of pipelines",
    effect="refused",
    reason="A pipeline makes no results of its own: each is one of a task, or several put together.",
    fix=f"write {_FORM} with a task of the pipeline",
    good=_GOOD,
    bad=_GOOD.replace("$(tasks.build.results", "$(tasks.builds.results"),
    document=each_graph(_look),
    kinds=SPEC_KINDS,
)
