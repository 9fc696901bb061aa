"""What a trigger makes has the structure of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import trigger
from itdo_platform_gen.checks.pipelines.resource import TRIGGER_KINDS, TRIGGERS, is_tekton, templates_of
from itdo_platform_gen.checks.reading import at, text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document


def _find(document: Document, world: World) -> Iterator[Finding]:
    if world.schemas is None or not is_tekton(document, TRIGGERS):
        return
    for path, template in templates_of(document):
        validator = world.schemas.find(text(template, "apiVersion"), text(template, "kind"))
        if validator is None or validator.is_valid(template):
            continue
        for violation in validator.explain(template):
            if "$(" not in str(at(template, *violation.path)) or violation.at_key:
                place = (*path, *violation.path)
                yield Finding(document, place, violation.message, violation.hint, at_key=violation.at_key)


_GOOD = trigger(
    "TriggerTemplate",
    """\
params: [{name: revision}]
resourcetemplates:
  - apiVersion: v1
    kind: ConfigMap
    metadata: {generateName: push-}
    data: {revision: $(tt.params.revision)}
""",
)

RULE = Rule(
    code="TKN144",
    title="structure of what triggers make",
    effect="fails",
    reason="The webhook takes any resource template; the server refuses what comes of it when an event is there.",
    fix="write it as one would on its own",
    good=_GOOD,
    bad=_GOOD.replace("data: {revision", "values: {revision"),
    document=_find,
    kinds=TRIGGER_KINDS,
)
