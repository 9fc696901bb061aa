"""Variables are of parameters that are declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.parameters import declared, names, texts_of, type_of
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.tasks import is_seen, step_action, task_specs
from itdo_platform_gen.checks.pipelines.texts import reference_texts, shared_texts
from itdo_platform_gen.checks.pipelines.variables import too_deep, unknown_variable
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph, PipelineTask
    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.pipelines.tasks import TaskSpec
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.diagnostics import Effect
    from itdo_platform_gen.syntax.node import Path


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        yield from _in_task(spec)
    for graph in graphs_of(resource):
        yield from _in_graph(graph)
    action = step_action(resource)
    if action is not None:
        known = names(declared(action.data, action.path))
        for path, written in action.texts():
            if path[-1] != "script":  # it may have no variables of parameters at all, which another rule says
                yield from _text(resource, path, written, known, "refused" if is_seen(action, path) else "fails")


def _in_task(spec: TaskSpec) -> Iterator[Finding]:
    known = names(spec.scope)
    effect: Effect = "refused" if spec.scope_is_seen else "fails"
    seen = {path for step in spec.seen_steps for path, _ in step.texts()}
    for step in spec.seen_steps:
        for path, written in step.texts():
            # The webhook reads every step, if only to look for arrays.
            yield from _text(spec.resource, path, written, known, effect, "refused")
        yield from _text(spec.resource, (*step.path, "onError"), text(step.data, "onError"), known, effect)
        for path, written in reference_texts(step.data):
            yield from _text(spec.resource, (*step.path, *path), written, known, "fails")
        for path, written in _values(step.data, step.path):
            yield from _text(spec.resource, path, written, known, "fails")
        for index, condition in mappings(step.data, "when"):
            place = (*step.path, "when", index, "input")
            yield from _text(spec.resource, place, text(condition, "input"), known, "fails")
    for path, written in shared_texts(spec.data):
        if (*spec.path, *path) in seen:
            continue
        yield from _text(spec.resource, (*spec.path, *path), written, known, "fails")


def _in_graph(graph: Graph) -> Iterator[Finding]:
    known = names(graph.scope)
    for task_ in graph.tasks:
        unseen = graph.is_embedded and task_.section == "finally"
        for path, written, seen in _task_texts(task_):
            effect: Effect = "refused" if seen and not unseen else "fails"
            yield from _text(graph.resource, path, written, known, effect)


def _task_texts(task_: PipelineTask) -> Iterator[tuple[Path, str, bool]]:
    """Give the texts of a pipeline's task, with whether the webhook looks at them."""
    for place, holder in task_.value_lists():
        for index, value in mappings(holder, "params"):
            kind = type_of(value.get("value"))
            seen = not place or kind == ("array" if place == ("matrix",) else "string")
            for part, written in texts_of(value.get("value")):
                yield (*task_.path, *place, "params", index, "value", *part), written, seen
    for path, written in task_.conditions():
        yield path, written, path[-1] != "cel"
    for index, workspace in mappings(task_.data, "workspaces"):
        yield (*task_.path, "workspaces", index, "subPath"), text(workspace, "subPath"), False
    for path, written in _values(task_.data.get("taskRef"), (*task_.path, "taskRef")):
        yield path, written, False


def _values(holder: object, path: Path) -> Iterator[tuple[Path, str]]:
    for index, value in mappings(holder, "params"):
        for part, written in texts_of(value.get("value")):
            yield (*path, "params", index, "value", *part), written


def _text(  # noqa: PLR0913, PLR0917  what is looked for has that many sides
    resource: Resource,
    path: Path,
    written: str,
    known: frozenset[str],
    effect: Effect,
    deep_effect: Effect | None = None,
) -> Iterator[Finding]:
    if "$(params" not in written:
        return
    deep = too_deep(written, "params")
    unknown = unknown_variable(written, "params", known)
    if deep is not None:
        message = f"expected at most a name and a key after params, got {deep}"
        hint = "a name with dots in it is written with brackets: $(params['a.b'])"
        yield resource.find(path, message, hint, deep_effect or effect)
    elif unknown is not None:
        message = f"expected a parameter that is declared, got {unknown or 'none'}"
        yield resource.find(path, message, suggest(unknown, known) or "declare it under params:", effect)


_GOOD = task("""\
params: [{name: target, type: string}]
steps:
  - name: compile
    image: IMAGE
    command: [make, $(params.target)]
""")

RULE = Rule(
    code="TKN112",
    title="parameters that are not declared",
    effect="refused",
    reason="Nothing stands in for a variable that no parameter is declared for.",
    fix="declare it under params:, or correct the name",
    good=_GOOD,
    bad=_GOOD.replace("$(params.target)]", "$(params.target), $(params.goal)]"),
    document=each_resource(_look),
    kinds=EVERY_KIND,
)
