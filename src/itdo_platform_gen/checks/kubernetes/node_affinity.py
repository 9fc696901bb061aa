"""The terms by which a pod chooses nodes have values where their operators take some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.node_terms import term_faults
from itdo_platform_gen.checks.reading import at, mappings
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_REQUIRED = ("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
_PREFERRED = ("affinity", "nodeAffinity", "preferredDuringSchedulingIgnoredDuringExecution")


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    if not isinstance(at(pod.spec, "affinity", "nodeAffinity"), dict):
        return
    for index, term in mappings(pod.spec, *_REQUIRED):
        yield from _found(pod, (*_REQUIRED, index), term, required=True)
    for index, weighed in mappings(pod.spec, *_PREFERRED):
        yield from _found(pod, (*_PREFERRED, index, "preference"), at(weighed, "preference"), required=False)


def _found(pod: Pod, path: Path, term: object, *, required: bool) -> Iterator[Finding]:
    for place, message in term_faults(term, required=required):
        yield Finding(pod.document, (*pod.spec_path, *path, *place), message)


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  containers: [{name: web, image: "web:1.0"}]
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
          - matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [a, b]}]
"""

RULE = Rule(
    code="K8S153",
    title="choice of nodes",
    effect="refused",
    reason="In and NotIn compare with values, Gt and Lt with one number, Exists and DoesNotExist with none.",
    fix="give values as the operator takes them",
    good=_GOOD,
    bad=_GOOD.replace("operator: In", "operator: Exists"),
    pod=_find,
)
