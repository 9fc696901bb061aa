"""An entity's namespace has the form that the catalog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import COMPONENT, each_entity
from itdo_platform_gen.checks.entities.names import LABEL, is_namespace
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.render.document import Document


def _look(document: Document) -> Iterator[Finding]:
    if document.namespace and not is_namespace(document.namespace):
        yield Finding(document, ("metadata", "namespace"), f"expected {LABEL}, got {show(document.namespace)}")


_GOOD = COMPONENT.replace("owner: platform", "owner: group:default/platform") + (
    "---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: platform}\n"
    "spec: {type: team, children: []}\n"
)

RULE = Rule(
    code="BST202",
    title="namespaces of entities",
    effect="refused",
    reason="A namespace of the catalog is a DNS label, whatever the name beside it may be.",
    fix="write it in lower case, with - between words",
    good=_GOOD,
    bad=_GOOD.replace("namespace: default", "namespace: Shop_A"),
    document=each_entity(_look),
)
