"""The names of Tekton's objects leave room for what is named after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.names import is_dns_subdomain
from itdo_platform_gen.checks.pipelines.examples import IMAGE, task
from itdo_platform_gen.checks.pipelines.resource import is_tekton
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_RESOLUTION = "resolution.tekton.dev"
_LONGEST = 63
_LONGEST_LISTENER = 60
_FORM = 253
"""A longer name is none of any object, which another rule says."""


def _find(document: Document, _: World) -> Iterator[Finding]:
    if is_tekton(document, _RESOLUTION):
        generated = mapping(document.data, "metadata").get("generateName")
        if not is_dns_subdomain(document.name) and (document.name or not generated):
            yield Finding(
                document, ("metadata", "name"), f"expected the name of an object, got {document.name or 'none'}"
            )
        return
    longest = _LONGEST_LISTENER if document.kind == "EventListener" else _LONGEST
    if is_tekton(document) and longest < len(document.name) <= _FORM:
        message = f"expected at most {longest} characters for a {document.kind}, got {len(document.name)}"
        yield Finding(document, ("metadata", "name"), message)


_STEP = f"steps: [{{name: make, image: {IMAGE}, command: [make]}}]\n"

RULE = Rule(
    code="TKN101",
    title="names of Tekton's objects",
    effect="refused",
    reason="Tekton writes names into labels, which hold 63 characters, and puts el- before that of an EventListener.",
    fix="shorten it: runs and pods get longer names from it",
    good=task(_STEP),
    bad=task(_STEP, "build-and-test-and-publish-the-images-of-all-services-of-the-shop"),
    document=_find,
    kinds=(
        *("Task", "TaskRun", "Pipeline", "PipelineRun", "StepAction", "CustomRun", "ResolutionRequest"),
        *("Trigger", "TriggerTemplate", "TriggerBinding", "ClusterTriggerBinding", "EventListener"),
    ),
)
