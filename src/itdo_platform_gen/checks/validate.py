"""Validate: YAML texts that were not rendered here, read as Kubernetes reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.check import check
from itdo_platform_gen.checks.world import World
from itdo_platform_gen.diagnostics import Diagnostic, in_order
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.render.document import Document, NodeOrigins
from itdo_platform_gen.schema.store import Schemas, kubernetes_versions
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.node import Mapping, Sequence
from itdo_platform_gen.syntax.scalar import resolve_as_kubernetes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from itdo_platform_gen.syntax.mark import Text
    from itdo_platform_gen.syntax.node import Node


def read_documents(text: Text, problems: list[Diagnostic]) -> list[Document]:
    """Read every document of a text; a document that cannot be read is added to the problems."""
    try:
        parsed = compose(text)
    except DiagnosticsError as error:
        problems += error.diagnostics
        return []
    documents = []
    for document in parsed:
        faults: list[Diagnostic] = []
        data = to_data(document.node, faults, resolve=resolve_as_kubernetes, any_key=True)
        problems += faults
        if not faults:
            whole = Document(data, text.name, NodeOrigins(document.node))
            documents += _unpacked(whole, document.node)
    return documents


def _unpacked(document: Document, node: Node) -> list[Document]:
    """Give the items of a `List`, a kind that only clients know, such as `kubectl get -o yaml`; else the document."""
    items = node.get("items") if isinstance(node, Mapping) else None
    if (document.api_version, document.kind) != ("v1", "List") or not isinstance(items, Sequence):
        return [document]
    data: Any = document.data
    pairs = zip(data["items"], items.items, strict=True)
    return [Document(item, document.file, NodeOrigins(inner)) for item, inner in pairs]


def validate(texts: Iterable[Text], *, kubernetes: str | None = None) -> tuple[list[Document], list[Diagnostic]]:
    """Check the documents of several texts together; gives them and what is wrong, in order of place.

    `kubernetes` is the minor version to check for, by default the latest.

    Raises UnknownTargetError for a version we do not know.
    """
    problems: list[Diagnostic] = []
    documents = [document for text in texts for document in read_documents(text, problems)]
    version = kubernetes or kubernetes_versions()[-1]
    found = check(World(documents, version), Schemas(version), resources_only=True)
    return documents, in_order([*problems, *found])
