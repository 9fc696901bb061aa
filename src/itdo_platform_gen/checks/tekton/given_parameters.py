"""What Tasks, Pipelines and StepActions ask for is given to them, in the type that they declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline, task
from itdo_platform_gen.checks.pipelines.parameters import declared, names, type_of
from itdo_platform_gen.checks.pipelines.uses import uses_in
from itdo_platform_gen.checks.pipelines.variables import expressions
from itdo_platform_gen.checks.reading import mapping, mappings, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.parameters import Parameter
    from itdo_platform_gen.checks.pipelines.uses import Use
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path


def _find(world: World) -> Iterator[Finding]:
    for use in uses_in(world):
        if use.spec is not None:
            yield from _missing(use)
            yield from _values(use)


def _missing(use: Use) -> Iterator[Finding]:
    given = {text(value, "name") for _, value in mappings(use.holder, "params")}
    if use.task is not None:
        for place, holder in use.task.value_lists():
            given |= {text(value, "name") for _, value in mappings(holder, "params")} if place else set()
    if not use.name and use.graph is not None:
        given |= names(use.graph.scope)  # what stands within a pipeline takes its parameters in by their names
    for parameter in declared(use.spec, ()):
        if parameter.is_required and parameter.name and parameter.name not in given:
            message = f"expected a value for {parameter.name}, which {use.called} asks for, got none"
            hint = f"add {{name: {parameter.name}, value: …}} to params, or give it a default there"
            yield use.resource.find((*use.path, "params"), message, hint, "fails")


def _values(use: Use) -> Iterator[Finding]:
    known = {parameter.name: parameter for parameter in declared(use.spec, ())}
    for index, value in mappings(use.holder, "params"):
        name, place = text(value, "name"), (*use.path, "params", index)
        parameter = known.get(name)
        if parameter is not None:
            yield from _type(use, place, parameter, value.get("value"))
        elif use.name and use.kind != "Pipeline" and name:
            message = f"expected a parameter that {use.called} has, got {name}"
            yield use.resource.find((*place, "name"), message, suggest(name, known), "advice", "warning")


def _type(use: Use, place: Path, parameter: Parameter, value: object) -> Iterator[Finding]:
    kind = type_of(value)
    if kind == "string" and isinstance(value, str) and expressions(value) and parameter.type != "string":
        return  # it becomes a list or object when it runs
    if kind != parameter.type:
        message = f"expected a value of type {parameter.type} for {parameter.name}, got {kind}"
        yield use.resource.find((*place, "value"), message, effect="fails")
    elif kind == "object" and parameter.keys is not None and isinstance(value, dict):
        missing = parameter.keys - value.keys() - mapping(parameter.data, "default").keys()
        if missing:
            message = f"expected the keys {', '.join(sorted(missing))} of {parameter.name} too"
            yield use.resource.find((*place, "value"), message, effect="fails")


_GOOD = (
    task("""\
params: [{name: target, type: string}]
steps: [{name: make, image: IMAGE, command: [make, $(params.target)]}]
""")
    + "---\n"
    + pipeline("""\
tasks:
  - name: build
    taskRef: {name: build}
    params: [{name: target, value: all}]
""")
)

RULE = Rule(
    code="TKN162",
    title="parameters that are asked for",
    effect="fails",
    reason="A Task does not start without the parameters that have no default, or with ones of another type.",
    fix="give it under params:, in the type that is declared",
    good=_GOOD,
    bad=_GOOD.replace("value: all", "value: [all]"),
    world=_find,
)
