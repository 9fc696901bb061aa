"""An EventListener's annotations say what Triggers understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import trigger
from itdo_platform_gen.checks.pipelines.resource import TRIGGERS, is_tekton
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_ANNOTATION = "tekton.dev/payload-validation"


def _find(document: Document, _: World) -> Iterator[Finding]:
    value = mapping(document.data, "metadata", "annotations").get(_ANNOTATION)
    if is_tekton(document, TRIGGERS) and isinstance(value, str) and value not in {"true", "false"}:
        message = f'expected "true" or "false", got "{value}"'
        yield Finding(document, ("metadata", "annotations", _ANNOTATION), message)


_GOOD = trigger("EventListener", "namespaceSelector: {matchNames: [ci]}\n").replace(
    "namespace: ci}", f"namespace: ci, annotations: {{{_ANNOTATION}: 'false'}}}}"
)

RULE = Rule(
    code="TKN142",
    title="annotations of EventListeners",
    effect="refused",
    reason="Whether events have to be JSON is answered by yes or no.",
    fix='write "true" or "false"',
    good=_GOOD,
    bad=_GOOD.replace("'false'", "'no'"),
    document=_find,
    kinds=("EventListener",),
)
