"""What Tekton's documents name is among them, or declared to be outside; one notice for each thing that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline, task
from itdo_platform_gen.checks.pipelines.namings import namings_in
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.reference import Reference
    from itdo_platform_gen.checks.world import World

_MADE_HERE = {"Task", "Pipeline", "StepAction"}
# Names that many pipelines use, and that no catalog has a Task for.
_IN_NO_CATALOG = {
    "argocd-sync": "commits the digest to the GitOps tree, and then waits for Argo CD",
    "trivy-scan": "runs trivy image on the digest of the build",
    "k6-performance-test": "runs k6",
}


def _find(world: World) -> Iterator[Finding]:
    told: set[tuple[str, str, str]] = set()
    for naming in namings_in(world):
        thing = (naming.kind, naming.namespace, naming.name)
        if thing not in told and world.presence(*thing) == "unseen":
            told.add(thing)
            message = f"{naming.full_name} is not among these documents"
            yield Finding(naming.document, naming.path, message, _hint(naming, world))


def _hint(naming: Reference, world: World) -> str:
    near = nearest(naming.name, world.names_of(naming.kind, naming.namespace))
    meant = f"did you mean {near}? " if near else ""
    written = f"write the {naming.kind}, or take it in by a resolver; " if naming.kind in _MADE_HERE else ""
    if naming.kind == "Task" and naming.name in _IN_NO_CATALOG:
        meant, written = "", f"no catalog has it: write a Task of your own, which {_IN_NO_CATALOG[naming.name]}; "
    return f"{meant}{written}if it exists, declare it under external: in platform.yaml, as {naming.key}"


_GOOD = (
    task("steps: [{name: make, image: IMAGE, command: [make]}]\n")
    + "---\n"
    + pipeline("""\
tasks:
  - name: build
    taskRef: {name: build}
""")
)

RULE = Rule(
    code="TKN161",
    title="what Tekton may not find",
    effect="advice",
    reason="Nobody can tell whether a Task exists that is neither among the documents nor declared to be outside.",
    fix="write it, or declare it under external: in platform.yaml if it exists",
    good=_GOOD,
    bad=_GOOD.replace("taskRef: {name: build}", "taskRef: {name: builds}"),
    world=_find,
    level="notice",
)
