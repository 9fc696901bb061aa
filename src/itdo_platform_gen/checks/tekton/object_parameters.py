"""An object is referred to by its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.parameters import declared, texts_of, type_of
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.tasks import is_seen, step_action, task_specs
from itdo_platform_gen.checks.pipelines.variables import is_whole_reference, unknown_variable, whole_of
from itdo_platform_gen.checks.reading import mappings
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph, PipelineTask
    from itdo_platform_gen.checks.pipelines.parameters import Parameter
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.diagnostics import Effect
    from itdo_platform_gen.syntax.node import Path


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        objects = [each for each in spec.scope if each.type == "object"]
        effect: Effect = "refused" if spec.scope_is_seen else "fails"
        for step in spec.seen_steps if objects else ():
            for path, written in step.texts():
                yield from _text(resource, path, written, objects, effect)
    for graph in graphs_of(resource):
        yield from _in_graph(graph)
    action = step_action(resource)
    if action is not None:
        objects = [each for each in declared(action.data, action.path) if each.type == "object"]
        for path, written in action.texts():
            yield from _text(resource, path, written, objects, "refused" if is_seen(action, path) else "fails")


def _in_graph(graph: Graph) -> Iterator[Finding]:
    objects = [each for each in graph.scope if each.type == "object" and each.keys]
    for task_ in graph.tasks if objects else ():
        effect: Effect = "fails" if graph.is_embedded and task_.section == "finally" else "refused"
        for path, written in _task_texts(task_):
            yield from _text(graph.resource, path, written, objects, effect)


def _task_texts(task_: PipelineTask) -> Iterator[tuple[Path, str]]:
    for place, holder in task_.value_lists():
        for index, value in mappings(holder, "params"):
            kind = type_of(value.get("value"))
            if place and kind != ("array" if place == ("matrix",) else "string"):
                continue
            for part, written in texts_of(value.get("value")):
                if kind != "string" or place or not is_whole_reference(written, "params"):
                    yield (*task_.path, *place, "params", index, "value", *part), written
    for path, written in task_.conditions():
        if path[-1] != "cel":
            yield path, written


def _text(
    resource: Resource, path: Path, written: str, objects: Iterable[Parameter], effect: Effect
) -> Iterator[Finding]:
    if "$(params" not in written:
        return
    for each in objects:
        keys = each.keys or frozenset()
        key = unknown_variable(written, rf"params\.{_escaped(each.name)}", keys)
        if key is not None:
            message = f"expected a key of {each.name}, got {key or 'none'}"
            yield resource.find(path, message, suggest(key, keys), effect)
        elif whole_of(written, "params", {each.name}) is not None:
            known = ", ".join(f"$(params.{each.name}.{key})" for key in sorted(keys)[:3])
            message = f"expected one key of the object {each.name}, got all of it"
            yield resource.find(path, message, f"write {known}" if known else None, effect)


def _escaped(name: str) -> str:
    return "".join(character if character.isalnum() or character in "-_" else "." for character in name)


_GOOD = task("""\
params: [{name: image, type: object, properties: {name: {}, tag: {}}}]
steps:
  - name: compile
    image: IMAGE
    command: [make, "$(params.image.name):$(params.image.tag)"]
""")

RULE = Rule(
    code="TKN114",
    title="keys of objects",
    effect="refused",
    reason="An object is no text: only its keys, which its properties name, can stand in one.",
    fix="write $(params.name.key) with a key of its properties",
    good=_GOOD,
    bad=_GOOD.replace("$(params.image.tag)", "$(params.image.tags)"),
    document=each_resource(_look),
    kinds=EVERY_KIND,
)
