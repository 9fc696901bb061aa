"""An expression of a label selector has values exactly where its operator takes some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at, items
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.selectors import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_ANY = "*"
_PLACES: dict[str, tuple[tuple[str, ...], ...]] = {
    "ClusterRole": (("aggregationRule", "clusterRoleSelectors", _ANY),),
    "NetworkPolicy": (
        ("spec", "podSelector"),
        *(
            ("spec", side, _ANY, peers, _ANY, selector)
            for side, peers in (("ingress", "from"), ("egress", "to"))
            for selector in ("podSelector", "namespaceSelector")
        ),
    ),
    "MutatingWebhookConfiguration": (
        ("webhooks", _ANY, "namespaceSelector"),
        ("webhooks", _ANY, "objectSelector"),
    ),
    "StatefulSet": (("spec", "selector"), ("spec", "volumeClaimTemplates", _ANY, "spec", "selector")),
    "ValidatingWebhookConfiguration": (
        ("webhooks", _ANY, "namespaceSelector"),
        ("webhooks", _ANY, "objectSelector"),
    ),
}
_PLAIN = (("spec", "selector"),)


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    for steps in _PLACES.get(document.kind, _PLAIN):
        for place in _places(document.data, steps):
            for path, message in faults_of(at(document.data, *place)):
                yield Finding(document, (*place, *path), message)


def _places(data: object, steps: tuple[str, ...], before: Path = ()) -> Iterator[Path]:
    """Give each path that the steps lead to, one for each item of a list where a step says any."""
    if _ANY not in steps:
        yield (*before, *steps)
        return
    list_at = (*before, *steps[: steps.index(_ANY)])
    for index in range(len(items(data, *list_at))):
        yield from _places(data, steps[steps.index(_ANY) + 1 :], (*list_at, index))


_GOOD = """\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  minAvailable: 1
  selector: {matchExpressions: [{key: app, operator: In, values: [shop]}]}
"""

RULE = Rule(
    code="K8S103",
    title="expressions of selectors",
    effect="refused",
    reason="In and NotIn compare with a list of values, Exists and DoesNotExist with none.",
    fix="give values to In and NotIn, and none to Exists and DoesNotExist",
    good=_GOOD,
    bad=_GOOD.replace("operator: In,", "operator: Exists,"),
    document=_find,
    kinds=(
        *("ClusterRole", "DaemonSet", "Deployment", "Job", "MutatingWebhookConfiguration", "NetworkPolicy"),
        *("PersistentVolumeClaim", "PodDisruptionBudget", "ReplicaSet", "StatefulSet"),
        "ValidatingWebhookConfiguration",
    ),
)
