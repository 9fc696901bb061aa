"""A parameter has a type, a default of that type, and properties where it is an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.parameters import TYPES, declared, type_of
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.tasks import step_action, task_specs
from itdo_platform_gen.checks.reading import mapping, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.pipelines.parameters import Parameter
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.diagnostics import Effect


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        for parameter in spec.parameters:
            yield from _parameter(resource, parameter, "refused" if spec.scope_is_seen else "fails")
    for graph in graphs_of(resource):
        effect: Effect = "refused" if _has_steps(graph) else "fails"
        for parameter in graph.parameters:
            yield from _parameter(resource, parameter, effect)
    action = step_action(resource)
    for parameter in declared(action.data, action.path) if action is not None else ():
        yield from _parameter(resource, parameter, "refused")


def _has_steps(graph: Graph) -> bool:
    """Tell whether the webhook looks at properties: only where a Task stands within the pipeline."""
    sections = ("tasks",) if graph.is_embedded else ("tasks", "finally")
    return any(task_.embedded is not None for section in sections for task_ in graph.section(section))


def _parameter(resource: Resource, parameter: Parameter, effect: Effect) -> Iterator[Finding]:
    if parameter.type not in TYPES:
        message = f"expected {', '.join(TYPES[:-1])} or {TYPES[-1]}, got {show(parameter.data.get('type'))}"
        yield resource.find((*parameter.path, "type"), message, suggest(parameter.type, TYPES))
        return
    default = parameter.data.get("default")
    if default is not None and type_of(default) != parameter.type:
        message = f"expected a default of type {parameter.type}, got {_described(default)}"
        hint = "quote what is to be text" if parameter.type == "array" and isinstance(default, list) else None
        yield resource.find((*parameter.path, "default"), message, hint)
    if parameter.type == "object" and parameter.keys is None:
        message = "expected properties, which name the keys of an object, got none"
        yield resource.find((*parameter.path, "properties"), message, effect=effect)
    for key, form in mapping(parameter.data, "properties").items():
        if text(form, "type") not in {"", "string"}:
            place = (*parameter.path, "properties", str(key), "type")
            yield resource.find(place, f"expected the type string, got {show(text(form, 'type'))}")


def _described(value: object) -> str:
    found = type_of(value)
    return "a list of other things than text" if isinstance(value, list) and found == "string" else found


_GOOD = task("""\
params:
  - {name: flags, type: array, default: [all]}
  - {name: image, type: object, properties: {name: {}, tag: {}}}
steps:
  - {name: compile, image: IMAGE, command: [make, "$(params.flags[*])", "$(params.image.name):$(params.image.tag)"]}
""")

RULE = Rule(
    code="TKN111",
    title="types of parameters",
    effect="refused",
    reason="A parameter is text, a list of texts, or an object whose keys are declared, and its default is the same.",
    fix="write type: string, array or object, a default of that type, and properties: for an object",
    good=_GOOD,
    bad=_GOOD.replace("default: [all]", "default: all"),
    document=each_resource(_look),
    kinds=EVERY_KIND,
)
