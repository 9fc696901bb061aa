"""References between entities: how they are written, which field leads to which kind, and which entities there are.

Source: parseEntityRef of @backstage/catalog-model 1.10.1; the fields that BuiltinKindsEntityProcessor of
@backstage/plugin-catalog-backend 4.0.0 and the scaffolder's processor make relations of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_entity
from itdo_platform_gen.checks.reading import at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

DEFAULT_NAMESPACE = "default"
KINDS = ("API", "Component", "Domain", "Group", "Location", "Resource", "System", "Template", "User")
"""The kinds of entities that the catalog and the scaffolder bring."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind's spec that refers to others: the kind it means by default, empty for none, and all it may."""

    name: str
    default: str = ""
    kinds: tuple[str, ...] = ()


_OWNER = Field("owner", "Group", ("Group", "User"))
_SYSTEM = Field("system", "System", ("System",))
_NEEDS = (Field("dependsOn"), Field("dependencyOf"))
FIELDS = {
    "API": (_OWNER, _SYSTEM),
    "Component": (
        _OWNER,
        _SYSTEM,
        Field("subcomponentOf", "Component", ("Component",)),
        Field("providesApis", "API", ("API",)),
        Field("consumesApis", "API", ("API",)),
        *_NEEDS,
    ),
    "Domain": (_OWNER, Field("subdomainOf", "Domain", ("Domain",))),
    "Group": (
        Field("parent", "Group", ("Group",)),
        Field("children", "Group", ("Group",)),
        Field("members", "User", ("User",)),
    ),
    "Resource": (_OWNER, _SYSTEM, *_NEEDS),
    "System": (_OWNER, Field("domain", "Domain", ("Domain",))),
    "Template": (_OWNER,),
    "User": (Field("memberOf", "Group", ("Group",)),),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A reference as it is written, with its field."""

    document: Document
    path: Path
    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class EntityRef:
    """What a reference leads to; `kind` is empty where neither the text nor the field says one."""

    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        """Write it as the catalog does, in the case of its author."""
        return f"{self.kind}:{self.namespace}/{self.name}"

    @property
    def declaration(self) -> str:
        """It as `external:` in platform.yaml names it: `Group/platform`, with a namespace that is no default."""
        kind = self.kind[:1].upper() + self.kind[1:]
        namespace = "" if self.namespace == DEFAULT_NAMESPACE else f"{self.namespace}/"
        return f"{kind}/{namespace}{self.name}"

    @property
    def key(self) -> tuple[str, str, str]:
        """Its identity, which case does not matter to."""
        return self.kind.lower(), self.namespace.lower(), self.name.lower()


def read_ref(text: str, default_kind: str, namespace: str) -> EntityRef | None:
    """Read `[kind:][namespace/]name`; None where a part that is marked off is empty."""
    colon, slash = text.find(":"), text.find("/")
    if -1 < slash < colon:
        colon = -1
    kind = text[:colon] if colon >= 0 else None
    where = text[colon + 1 : slash] if slash >= 0 else None
    name = text[max(colon, slash) + 1 :]
    if kind == "" or where == "" or not name:
        return None
    kind = next((known for known in KINDS if known.lower() == (kind or "").lower()), kind)
    return EntityRef(kind or default_kind, where or namespace, name)


def references_of(document: Document) -> Iterator[Written]:
    """Give every reference of an entity's own, also those that nobody can read."""
    if not is_entity(document):
        return
    for field in FIELDS.get(document.kind, ()):
        value = at(document.data, "spec", field.name)
        for index, text in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(text, str) and text:
                path: Path = ("spec", field.name) if index is None else ("spec", field.name, index)
                yield Written(document, path, field, text)


def namespace_of(document: Document) -> str:
    """Give the namespace that an entity is in."""
    return document.namespace or DEFAULT_NAMESPACE


def target_of(written: Written) -> EntityRef | None:
    """Give what a reference leads to."""
    return read_ref(written.text, written.field.default, namespace_of(written.document))


def entities_in(world: World) -> list[Document]:
    """Give the entities among the documents."""
    return [document for document in world.documents if is_entity(document) and document.kind and document.name]


def ref_of(document: Document) -> EntityRef:
    """Give the reference that leads to an entity."""
    return EntityRef(document.kind, namespace_of(document), document.name)


def is_declared(world: World, ref: EntityRef) -> bool:
    """Tell whether an entity is declared to be outside the documents, in whatever case."""
    ways = {f"{ref.kind}/{ref.name}".lower(), f"{ref.kind}/{ref.namespace}/{ref.name}".lower()}
    return any(entry.lower() in ways for entry in world.external)
