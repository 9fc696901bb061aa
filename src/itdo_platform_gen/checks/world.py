"""World: the documents that stand together, and what is known besides them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pods import POD_KINDS, pod_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.render.document import Document


@dataclass(frozen=True)
class World:
    """Documents that refer to each other: all that one platform renders, or that one call validates."""

    documents: Sequence[Document]
    kubernetes: str
    """The minor version to check for."""
    pod_security: str | None = None
    """The level that pods are held to where no Namespace among the documents says one: `baseline` or `restricted`."""
    external: frozenset[str] = field(default_factory=frozenset)
    """What lies outside the documents and is there all the same, as `Kind/name` or `Kind/namespace/name`."""

    @cached_property
    def by_kind(self) -> Mapping[str, list[Document]]:
        """The documents by kind."""
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self.documents:
            found[document.kind].append(document)
        return found

    @cached_property
    def pods(self) -> list[Pod]:
        """The pods of all documents."""
        found = [pod_of(document) for kind in POD_KINDS for document in self.by_kind.get(kind, ())]
        return [pod for pod in found if pod is not None]

    @cached_property
    def _named(self) -> Mapping[tuple[str, str, str], Document]:
        return {(d.kind, d.namespace, d.name): d for d in reversed(self.documents)}

    def of_kind(self, *kinds: str) -> list[Document]:
        """Give the documents of some kinds."""
        return [document for kind in kinds for document in self.by_kind.get(kind, ())]

    def find(self, kind: str, namespace: str, name: str) -> Document | None:
        """Give a document by kind, namespace (empty for what has none) and name."""
        return self._named.get((kind, namespace, name))

    def is_external(self, kind: str, namespace: str, name: str) -> bool:
        """Tell whether something is declared to be there outside the documents."""
        return f"{kind}/{name}" in self.external or f"{kind}/{namespace}/{name}" in self.external
