"""Pipelines stand in a namespace of their own, not in Tekton's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.resource import is_tekton
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_TEKTONS = {"tekton-pipelines", "tekton-pipelines-resolvers", "tekton-operator", "tekton-chains"}


def _find(document: Document, _: World) -> Iterator[Finding]:
    if is_tekton(document) and document.namespace in _TEKTONS:
        message = f"expected a namespace of your own, got {document.namespace}, where Tekton itself runs"
        yield Finding(document, ("metadata", "namespace"), message)


_GOOD = task("steps: [{name: make, image: IMAGE, command: [make]}]\n")

RULE = Rule(
    code="TKN178",
    title="Tekton's own namespace",
    effect="fails",
    reason="It is held to the restricted pod security standard, so that pods of most Tasks are refused there.",
    fix="give CI a namespace of its own, such as ci, with the pod security level that its Tasks need",
    good=_GOOD,
    bad=_GOOD.replace("namespace: ci", "namespace: tekton-pipelines"),
    document=_find,
    kinds=(
        *("Task", "TaskRun", "Pipeline", "PipelineRun", "StepAction"),
        *("Trigger", "TriggerTemplate", "TriggerBinding", "EventListener"),
    ),
)
