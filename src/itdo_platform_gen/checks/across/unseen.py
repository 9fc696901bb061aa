"""What documents refer to is among them, or declared to be outside; one notice for each thing that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_entity
from itdo_platform_gen.checks.reference import Reference
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    told: set[tuple[str, str, str]] = set()
    for reference in (*world.references, *_namespaces(world)):
        thing = (reference.kind, reference.namespace, reference.name)
        if thing not in told and world.presence(*thing) == "unseen":
            told.add(thing)
            yield Finding(reference.document, reference.path, _message(reference), _hint(reference, world))


def _message(reference: Reference) -> str:
    return f"{reference.full_name} is not among these documents"


def _hint(reference: Reference, world: World) -> str:
    names = world.names_of(reference.kind, reference.namespace)
    near = nearest(reference.name, names)
    meant = f"did you mean {near}? " if near else ""
    return f"{meant}if it exists, declare it under external: in platform.yaml, as {reference.key}"


def _namespaces(world: World) -> Iterator[Reference]:
    """Give the namespaces used, where the documents make some: else namespaces are the affair of others."""
    if not world.builtin("Namespace"):
        return
    for document in world.documents:
        if document.namespace and document.kind and document.api_version and not is_entity(document):
            yield Reference(document, ("metadata", "namespace"), "Namespace", "", document.namespace)


_GOOD = """\
apiVersion: v1
kind: Secret
metadata: {name: token, namespace: dev}
data: {token: ""}
---
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: dev}
spec:
  containers:
    - name: app
      image: app:1.0
      envFrom: [{secretRef: {name: token}}]
"""

RULE = Rule(
    code="K8S202",
    title="references not seen",
    effect="advice",
    reason="Nobody can tell whether a thing exists that is neither among the documents nor declared to be outside.",
    fix="declare it under external: in platform.yaml if it exists",
    good=_GOOD,
    bad=_GOOD.replace("secretRef: {name: token}", "secretRef: {name: tokens}"),
    world=_find,
    level="notice",
)
