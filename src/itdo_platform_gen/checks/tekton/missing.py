"""What Tekton's documents name in a namespace that they make is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline, task
from itdo_platform_gen.checks.pipelines.namings import namings_in
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for naming in namings_in(world):
        if world.presence(naming.kind, naming.namespace, naming.name) == "missing":
            names = world.names_of(naming.kind, naming.namespace)
            message = f"expected a {naming.kind} of namespace {naming.namespace}, got {naming.name}"
            message += ", which these documents do not make"
            yield Finding(naming.document, naming.path, message, suggest(naming.name, names))


_NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: ci}\n---\n"
_TASK = task("steps: [{name: make, image: IMAGE, command: [make]}]\n")
_GOOD = f"{_NAMESPACE}{_TASK}---\n" + pipeline("""\
tasks:
  - name: build
    taskRef: {name: build}
""")

RULE = Rule(
    code="TKN160",
    title="what Tekton does not find",
    effect="fails",
    reason="Documents that make a namespace know all that is in it, and this is not: the run stops when it gets there.",
    fix="add it, correct the name, or declare it under external: in platform.yaml if it exists",
    good=_GOOD,
    bad=_GOOD.replace("taskRef: {name: build}", "taskRef: {name: builds}"),
    world=_find,
)
