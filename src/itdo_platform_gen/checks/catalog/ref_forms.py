"""References between entities can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import OWNED, each_entity
from itdo_platform_gen.checks.entities.names import is_entity_name, is_namespace
from itdo_platform_gen.checks.entities.refs import KINDS, references_of, target_of
from itdo_platform_gen.checks.reading import items
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.render.document import Document

# The one field with references that no schema has.
_UNSCHEMED = "dependencyOf"
_FORM = "[kind:][namespace/]name"


def _look(document: Document) -> Iterator[Finding]:
    for index, item in enumerate(items(document.data, "spec", _UNSCHEMED)):
        if not isinstance(item, str) or not item:
            yield Finding(document, ("spec", _UNSCHEMED, index), f"expected {_FORM}, got {show(item)}")
    for written in references_of(document):
        ref = target_of(written)
        if ref is None:
            yield Finding(document, written.path, f"expected {_FORM}, got {show(written.text)}")
        elif not ref.kind:
            message = f"expected a kind before the name, got {show(written.text)}"
            hint = f"write component:{written.text} or resource:{written.text}: {written.field.name} means no one kind"
            yield Finding(document, written.path, message, hint)
        elif not (is_entity_name(ref.name) and is_namespace(ref.namespace.lower()) and ref.kind.isalnum()):
            message = f"expected {_FORM}, of which each could be an entity's, got {show(written.text)}"
            yield Finding(document, written.path, message, _hint(written.text), effect="fails")


def _hint(text: str) -> str | None:
    kind, slash, rest = text.partition("/")
    if slash and kind.lower() in {known.lower() for known in KINDS}:
        return f"write {kind}:{rest}"
    return None


_GOOD = OWNED.replace("owner: platform", "owner: group:default/platform")

RULE = Rule(
    code="BST210",
    title="references to entities",
    effect="refused",
    reason="The catalog makes relations of these fields, and takes no entity of which it cannot read one.",
    fix="write the kind, a colon, the namespace, a slash and the name; kind and namespace may be left out",
    good=_GOOD,
    bad=_GOOD.replace("owner: group:default/platform", "owner: 'group:'"),
    document=each_entity(_look),
)
