"""No two documents are the same resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import group_of, is_entity
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document


def _find(world: World) -> Iterator[Finding]:
    first: dict[tuple[str, str, str, str], Document] = {}
    for document in world.documents:
        if document.kind and document.api_version and document.name and not is_entity(document):
            key = (group_of(document), document.kind, document.namespace, document.name)
            other = first.setdefault(key, document)
            if other is not document:
                yield _twice(document, other)


def _twice(document: Document, other: Document) -> Finding:
    where = f"{document.namespace}/{document.name}" if document.namespace else document.name
    message = f"expected one {document.kind} {where}, got another one, besides that in {other.file}"
    path = ("metadata", "name")
    if document.namespace == "" and _folder(document) != _folder(other):
        # Variants for several clusters or namespaces, such as a base and its overlays, stand in folders of their own.
        return Finding(document, path, message, effect="advice", severity="notice")
    return Finding(document, path, message)


def _folder(document: Document) -> str:
    return document.file.replace("\\", "/").rpartition("/")[0]


_GOOD = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: dev}
data: {color: blue}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: test}
data: {color: red}
"""

RULE = Rule(
    code="K8S213",
    title="duplicates",
    effect="fails",
    reason="Of two documents for one resource the one applied last overwrites the other.",
    fix="give one of them another name or namespace, or join them",
    good=_GOOD,
    bad=_GOOD.replace("namespace: test", "namespace: dev"),
    world=_find,
)
