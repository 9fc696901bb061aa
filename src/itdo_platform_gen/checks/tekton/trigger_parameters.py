"""A TriggerTemplate's resources use the parameters that it declares, and no others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import trigger
from itdo_platform_gen.checks.pipelines.resource import TRIGGER_KINDS, TRIGGERS, is_tekton, template_specs
from itdo_platform_gen.checks.reading import mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import leaves
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_REFERENCE = re.compile(r"\$\(tt.params.([_a-zA-Z][_a-zA-Z0-9.-]*)\)")
_UNREAD = re.compile(r"\$\((?:tt\.params[^)]*|body[.\[][^)]*|header[.\[][^)]*|extensions[.\[][^)]*)\)")


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_tekton(document, TRIGGERS):
        return
    for holder in template_specs(document):
        spec = mapping(document.data, *holder)
        declared = [text(parameter, "name") for _, parameter in mappings(spec, "params")]
        for index, template in mappings(spec, "resourcetemplates"):
            for path, part in leaves(template):
                place = (*holder, "resourcetemplates", index, *path)
                for written in _texts(part):
                    for message, hint, is_seen in _faults(written, declared):
                        yield Finding(document, place, message, hint, None if is_seen else "fails")


def _texts(part: object) -> list[str]:
    """Give the texts of a part: its own, or its keys."""
    texts = list(part) if isinstance(part, dict) else [part]
    return [each for each in texts if isinstance(each, str) and "$(" in each]


def _faults(written: str, declared: list[str]) -> Iterator[tuple[str, str | None, bool]]:
    """Give what is wrong with a text, with whether the webhook sees it."""
    for name in _REFERENCE.findall(written):
        if name not in declared:
            hint = suggest(name, declared) or "declare it under params:"
            yield f"expected a parameter that the template declares, got {name}", hint, True
    for other in _UNREAD.findall(written):
        if _REFERENCE.fullmatch(other) is None:
            hint = "take it in by a TriggerBinding, and write $(tt.params.name)"
            yield f"expected $(tt.params.name), got {other}", hint, False


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
    code="TKN140",
    title="parameters of TriggerTemplates",
    effect="refused",
    reason="Only parameters that a TriggerTemplate declares are put into what it makes.",
    fix="declare it under params:, and write $(tt.params.name)",
    good=_GOOD,
    bad=_GOOD.replace("params.revision)", "params.revision), commit: $(tt.params.commit)"),
    document=_find,
    kinds=TRIGGER_KINDS,
)
