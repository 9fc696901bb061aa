"""An Event stands in the namespace of the object it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document


def _find(document: Document, _: World) -> Iterator[Finding]:
    if document.api_version != "v1":
        return  # those of events.k8s.io may be about an object elsewhere
    own, other = text(document.data, "metadata", "namespace"), text(document.data, "involvedObject", "namespace")
    if own and other and other != own:
        message = f"expected the event's own namespace {own}, got {show(other)}"
        yield Finding(document, ("involvedObject", "namespace"), message)


_GOOD = """\
apiVersion: v1
kind: Event
metadata: {name: web-started, namespace: dev}
involvedObject: {apiVersion: v1, kind: Pod, name: web, namespace: dev}
reason: Started
"""

RULE = Rule(
    code="K8S135",
    title="events",
    effect="refused",
    reason="Whoever may read a namespace may read what happens to the objects in it, and nothing of other ones.",
    fix="put the event into the namespace of its object",
    good=_GOOD,
    bad=_GOOD.replace("name: web, namespace: dev", "name: web, namespace: test"),
    document=_find,
    kinds=("Event",),
)
