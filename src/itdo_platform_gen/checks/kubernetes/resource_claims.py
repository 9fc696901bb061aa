"""Containers use resource claims of their pod, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.containers import own_containers
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    names = {text(claim, "name") for _, claim in mappings(pod.spec, "resourceClaims")} - {""}
    for path, container in own_containers(pod):
        used: set[tuple[str, str]] = set()
        for index, claim in mappings(container, "resources", "claims"):
            place = (*path, "resources", "claims", index)
            name, request = text(claim, "name"), text(claim, "request")
            if name and name not in names:
                message = f"expected a name of spec.resourceClaims, got {name}"
                yield Finding(pod.document, (*place, "name"), message, suggest(name, names))
            elif name and {(name, request), (name, "")} & used:
                message = f"expected each claim once, got {'/'.join(filter(None, (name, request)))} again"
                yield Finding(pod.document, place, message)
            used.add((name, request))


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  resourceClaims: [{name: gpu, resourceClaimTemplateName: gpu}]
  containers: [{name: web, image: "web:1.0", resources: {claims: [{name: gpu}]}}]
"""

RULE = Rule(
    code="K8S151",
    title="claims of containers",
    effect="refused",
    reason="A container uses what its pod claims.",
    fix="add the claim under spec.resourceClaims, or name one that is there",
    good=_GOOD,
    bad=_GOOD.replace("claims: [{name: gpu}]", "claims: [{name: card}]"),
    pod=_find,
)
