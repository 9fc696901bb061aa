"""Documents are in API versions that a server has turned on without being asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.api_versions import lifecycles
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_UNFINISHED = re.compile(r"[a-z.]+\.k8s\.io/v\d+(alpha|beta)\d+")
# Groups of built-in kinds; others under k8s.io have CRDs, which say themselves what is served.
_GROUPS = frozenset(
    f"{name}.k8s.io"
    for name in (
        *("admissionregistration", "certificates", "coordination", "internal.apiserver", "lifecycle", "networking"),
        *("resource", "scheduling", "storage", "storagemigration"),
    )
)


def _find(document: Document, world: World) -> Iterator[Finding]:
    version = document.api_version
    if _UNFINISHED.fullmatch(version) is None or version.partition("/")[0] not in _GROUPS:
        return
    known = lifecycles().get((version, document.kind))
    if known is not None and (known.is_removed(world.kubernetes) or known.is_deprecated(world.kubernetes)):
        return  # the least of its troubles
    message = f"a server has {version} only where it was started with --runtime-config={version}"
    yield Finding(document, ("apiVersion",), message)


_GOOD = """\
apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: {name: gpu}
spec: {}
"""

RULE = Rule(
    code="K8S191",
    title="API versions that are off",
    effect="advice",
    reason="Alpha and beta versions of built-in APIs are turned off unless whoever runs the server turns them on.",
    fix="write it in a stable API version where there is one, or see that the server has it turned on",
    good=_GOOD,
    bad="""\
apiVersion: coordination.k8s.io/v1beta1
kind: LeaseCandidate
metadata: {name: candidate, namespace: dev}
spec: {binaryVersion: 1.37.0, emulationVersion: 1.37.0, leaseName: scheduler, strategy: OldestEmulationVersion}
""",
    document=_find,
)
