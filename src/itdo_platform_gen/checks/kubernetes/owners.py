"""An object has at most one owner that controls it, and finalizers that somebody answers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import items, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_EXCLUSIVE = ("orphan", "foregroundDeletion")
_STANDARD = frozenset({"kubernetes", *_EXCLUSIVE})


def _find(document: Document, _: World) -> Iterator[Finding]:
    metadata = mapping(document.data, "metadata")
    finalizers = items(metadata, "finalizers")
    if all(name in finalizers for name in _EXCLUSIVE):
        message = f"expected {' or '.join(_EXCLUSIVE)}, got both"
        yield Finding(document, ("metadata", "finalizers"), message, "keep one of them")
    for index, name in enumerate(finalizers if is_builtin(document) else ()):
        if isinstance(name, str) and name and "/" not in name and name not in _STANDARD:
            message = f"expected a name with a domain, such as example.com/{name}, got {name}"
            yield Finding(document, ("metadata", "finalizers", index), message, suggest(name, _STANDARD))
    controllers = 0
    for index, owner in mappings(metadata, "ownerReferences"):
        path = ("metadata", "ownerReferences", index)
        controllers += owner.get("controller") is True
        if owner.get("controller") is True and controllers > 1:
            yield Finding(document, (*path, "controller"), "expected one controller, got another")
        if (text(owner, "apiVersion"), text(owner, "kind")) == ("v1", "Event"):
            yield Finding(document, (*path, "kind"), "expected an owner that lasts, got Event")


_GOOD = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, finalizers: [example.com/hold]}
"""

RULE = Rule(
    code="K8S160",
    title="owners and finalizers",
    effect="refused",
    reason="One controller looks after an object, and a finalizer has to say whose it is.",
    fix="keep one controller, and write finalizers as domain/name",
    good=_GOOD,
    bad=_GOOD.replace("example.com/", ""),
    document=_find,
)
