"""Documents are in API versions that the next minors of Kubernetes have too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.api_versions import lifecycles
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document


def _find(document: Document, world: World) -> Iterator[Finding]:
    known = lifecycles().get((document.api_version, document.kind))
    if known is not None and known.is_deprecated(world.kubernetes):
        gone = f", and removed in {known.removed}" if known.removed else ""
        message = f"{document.kind} in {document.api_version} is deprecated since Kubernetes {known.deprecated}{gone}"
        yield Finding(document, ("apiVersion",), message, hint=known.instead)


_GOOD = """\
apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: {name: gpu}
spec: {}
"""

RULE = Rule(
    code="K8S190",
    title="deprecated API versions",
    effect="advice",
    reason="A deprecated API version is removed a few minors later, and the server then refuses what is in it.",
    fix="write the document in the API version that replaces it",
    good=_GOOD,
    bad=_GOOD.replace("/v1", "/v1beta1"),
    document=_find,
)
