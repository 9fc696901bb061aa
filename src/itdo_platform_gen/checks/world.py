"""World: the documents that stand together, and what is known besides them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from itdo_platform_gen.checks.appconfig.portal import portals_in
from itdo_platform_gen.checks.group import group_of, is_builtin, is_entity
from itdo_platform_gen.checks.isolation import Isolation
from itdo_platform_gen.checks.made import ANYWHERE, made_by
from itdo_platform_gen.checks.outside import brings_into, is_always_there, may_make_pods
from itdo_platform_gen.checks.plain_texts import plain_texts
from itdo_platform_gen.checks.pods import POD_KINDS, pod_of
from itdo_platform_gen.checks.references import references_in
from itdo_platform_gen.checks.selection import Selection, custom_pod

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.files import Files
    from itdo_platform_gen.checks.made import Made
    from itdo_platform_gen.checks.plain_texts import PlainText
    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.reference import Reference
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.schema.store import Schemas

Presence: TypeAlias = Literal["there", "missing", "unseen"]

# Kinds of things that are rightly made by hand or by programs, whatever else the documents make in their namespace.
_OFTEN_OUTSIDE = frozenset({"Secret"})

# Comparing each of many missing names with each of many there is costs the square of their number.
_MOST_NAMES = 200


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
    schemas: Schemas | None = None
    """The schemas the documents are checked against, with those of CRDs among them; None where only rules are asked."""

    files: Files | None = None
    """The files around the documents; None where nobody can tell which there are."""

    @cached_property
    def by_kind(self) -> Mapping[str, list[Document]]:
        """The documents by kind."""
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self.documents:
            found[document.kind].append(document)
        return found

    @cached_property
    def groups(self) -> frozenset[str]:
        """The API groups of the documents."""
        return frozenset(group_of(document) for document in self.documents)

    @cached_property
    def pods(self) -> list[Pod]:
        """The pods of all documents."""
        found = [pod_of(document) for kind in POD_KINDS for document in self.by_kind.get(kind, ())]
        return [pod for pod in found if pod is not None]

    @cached_property
    def plain_texts(self) -> list[tuple[Document, list[PlainText]]]:
        """The texts that anybody can read who may read the documents."""
        found = ((document, list(plain_texts(document))) for document in self.documents if document.kind)
        return [(document, texts) for document, texts in found if texts]

    @cached_property
    def selection(self) -> Selection:
        """The pods that run, for selectors to choose from."""
        custom = [pod for document in self.documents if (pod := custom_pod(document)) is not None]
        return Selection([*(pod for pod in self.pods if pod.document.kind != "PodTemplate"), *custom])

    @cached_property
    def isolation(self) -> Isolation:
        """What NetworkPolicies let through."""
        return Isolation(self)

    @cached_property
    def portals(self) -> list[Portal]:
        """The portals of Backstage that the documents set up."""
        return list(portals_in(self.documents, self.files))

    @cached_property
    def complete(self) -> frozenset[str]:
        """The namespaces that the documents make, and so know all of (see `checks/across`)."""
        opened = {namespace for document in self.documents for namespace in brings_into(document)}
        if ANYWHERE in opened:
            return frozenset()
        return frozenset(d.name for d in self.builtin("Namespace") if d.name and d.name not in opened)

    @cached_property
    def _podded(self) -> frozenset[str]:
        return frozenset(d.namespace for d in self.documents if not is_builtin(d) and may_make_pods(d))

    def knows_pods(self, namespace: str) -> bool:
        """Tell whether the documents know all pods of a namespace: they make it, and no operator runs pods there."""
        return namespace in self.complete and namespace not in self._podded

    @cached_property
    def _named(self) -> Mapping[tuple[str, str, str], Document]:
        # A document of a built-in group goes before one of the same kind in another, such as Knative's Service.
        ordered = [*(d for d in self.documents if is_builtin(d)), *(d for d in self.documents if not is_builtin(d))]
        return {(d.kind, d.namespace, d.name): d for d in reversed(ordered)}

    @cached_property
    def _made(self) -> Mapping[tuple[str, str, str], list[Made]]:
        found: dict[tuple[str, str, str], list[Made]] = defaultdict(list)
        for document in self.documents:
            for made in made_by(document):
                found[made.kind, made.namespace, made.name].append(made)
        return found

    @cached_property
    def _custom(self) -> Mapping[str, frozenset[str]]:
        """The names of custom resources by namespace: their controllers name what they make after them."""
        found: dict[str, set[str]] = defaultdict(set)
        for document in self.documents:
            if document.api_version and document.name and not (is_builtin(document) or is_entity(document)):
                found[document.namespace].add(document.name)
        return {namespace: frozenset(names) for namespace, names in found.items()}

    @cached_property
    def references(self) -> list[Reference]:
        """The places where documents name other things."""
        return list(references_in(self))

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for kind, namespace, name in self._made:
            found[kind, namespace].append(name)
        return found

    def names_of(self, kind: str, namespace: str) -> list[str]:
        """Give some names of what documents make of a kind in a namespace, to compare another with."""
        return [*self._names.get((kind, namespace), ()), *self._names.get((kind, ANYWHERE), ())][:_MOST_NAMES]

    def of_kind(self, *kinds: str) -> list[Document]:
        """Give the documents of some kinds."""
        return [document for kind in kinds for document in self.by_kind.get(kind, ())]

    def builtin(self, *kinds: str) -> list[Document]:
        """Give the documents of some kinds of Kubernetes itself."""
        return [document for document in self.of_kind(*kinds) if is_builtin(document)]

    def find(self, kind: str, namespace: str, name: str) -> Document | None:
        """Give a document by kind, namespace (empty for what has none) and name."""
        return self._named.get((kind, namespace, name))

    def is_external(self, kind: str, namespace: str, name: str) -> bool:
        """Tell whether something is declared to be there outside the documents."""
        return f"{kind}/{name}" in self.external or f"{kind}/{namespace}/{name}" in self.external

    def made(self, kind: str, namespace: str, name: str) -> list[Made]:
        """Give what documents make something: none where none does."""
        keys = ((kind, namespace, name), (kind, ANYWHERE, name))
        return [made for key in keys for made in self._made.get(key, ())]

    def presence(self, kind: str, namespace: str, name: str) -> Presence:
        """Tell whether something is there, surely missing, or not seen: it may lie outside the documents."""
        if self.made(kind, namespace, name) or self.is_external(kind, namespace, name):
            return "there"
        if is_always_there(kind, namespace, name):
            return "there"
        if namespace not in self.complete or kind in _OFTEN_OUTSIDE:
            return "unseen"
        return "unseen" if self._may_be_made(namespace, name) else "missing"

    def _may_be_made(self, namespace: str, name: str) -> bool:
        """Tell whether a name is one of a custom resource, or starts with it and a dash."""
        names = self._custom.get(namespace, frozenset())
        return any(name[:end] in names for end in range(1, len(name) + 1) if end == len(name) or name[end] == "-")
