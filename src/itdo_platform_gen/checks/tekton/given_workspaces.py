"""Tasks and Pipelines get the workspaces that they ask for, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline, task
from itdo_platform_gen.checks.pipelines.resource import spec_of
from itdo_platform_gen.checks.pipelines.uses import uses_in
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.uses import Use
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.diagnostics import Effect, Severity


def _find(world: World) -> Iterator[Finding]:
    for use in uses_in(world):
        if use.spec is not None and use.kind != "StepAction":
            yield from _use(use)


def _use(use: Use) -> Iterator[Finding]:
    declared = {text(workspace, "name"): workspace for _, workspace in mappings(use.spec, "workspaces")}
    given = [text(workspace, "name") for _, workspace in mappings(use.holder, "workspaces")]
    for name, workspace in declared.items():
        if name and workspace.get("optional") is not True and name not in (*given, *_handed_on(use)):
            message = f"expected the workspace {name}, which {use.called} asks for, got none"
            hint = f"add {{name: {name}, …}} to workspaces, or make it optional there"
            yield use.resource.find((*use.path, "workspaces"), message, hint, "fails")
    for index, name in enumerate(given):
        if name and name not in declared and use.name:
            message = f"expected a workspace that {use.called} has, got {name}"
            # A run may hold more than its pipeline asks for; a Task takes none that it does not know.
            effect: Effect = "fails" if use.kind == "Task" else "advice"
            place = (*use.path, "workspaces", index, "name")
            severity: Severity = "error" if use.kind == "Task" else "warning"
            yield use.resource.find(place, message, suggest(name, declared), effect, severity)


def _handed_on(use: Use) -> list[str]:
    """Give the workspaces that reach a Task within a run without a word."""
    if use.graph is None or not use.graph.is_embedded:
        return []
    run = [text(workspace, "name") for _, workspace in mappings(spec_of(use.resource), "workspaces")]
    return [*use.graph.workspaces, *run]


_GOOD = (
    task("""\
workspaces: [{name: source}]
steps: [{name: make, image: IMAGE, command: [make], workingDir: $(workspaces.source.path)}]
""")
    + "---\n"
    + pipeline("""\
workspaces: [{name: shared}]
tasks:
  - name: build
    taskRef: {name: build}
    workspaces: [{name: source, workspace: shared}]
""")
)

RULE = Rule(
    code="TKN163",
    title="workspaces that are asked for",
    effect="fails",
    reason="A Task does not start without its workspaces, nor with one that it does not know.",
    fix="give it under workspaces:, by the name that is declared",
    good=_GOOD,
    bad=_GOOD.replace("{name: source, workspace: shared}", "{name: output, workspace: shared}"),
    world=_find,
)
