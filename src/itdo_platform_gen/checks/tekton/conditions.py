"""A condition compares an input with values, by one of two operators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS, each_resource
from itdo_platform_gen.checks.pipelines.tasks import task_specs
from itdo_platform_gen.checks.reading import mappings
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.syntax.node import Path

_OPERATORS = ("in", "notin")


def _look(resource: Resource) -> Iterator[Finding]:
    holders = [(step.path, step.data) for spec in task_specs(resource) for step in spec.steps]
    holders += [(task_.path, task_.data) for graph in graphs_of(resource) for task_ in graph.tasks]
    for path, holder in holders:
        for index, condition in mappings(holder, "when"):
            yield from _condition(resource, (*path, "when", index), condition)


def _condition(resource: Resource, path: Path, condition: dict[str, Any]) -> Iterator[Finding]:
    if condition.get("cel"):
        return  # another rule has something to say to it
    operator = condition.get("operator") or condition.get("Operator") or ""  # v1beta1 once wrote it so
    if operator not in _OPERATORS:
        message = f"expected the operator {' or '.join(_OPERATORS)}, got {show(operator) if operator else 'none'}"
        yield resource.find((*path, "operator"), message, suggest(str(operator), _OPERATORS) if operator else None)
    elif not (condition.get("values") or condition.get("Values")):
        yield resource.find((*path, "values"), "expected values to compare the input with, got none")


_GOOD = task("""\
params: [{name: mode, default: all}]
steps:
  - name: compile
    image: IMAGE
    command: [make]
    when: [{input: $(params.mode), operator: in, values: [all]}]
""")

RULE = Rule(
    code="TKN110",
    title="conditions",
    effect="refused",
    reason="Tekton knows two operators, and compares the input with a list of values.",
    fix="write input, operator: in or notin, and values with at least one text",
    good=_GOOD,
    bad=_GOOD.replace("operator: in,", "operator: equals,"),
    document=each_resource(_look),
    kinds=SPEC_KINDS,
)
