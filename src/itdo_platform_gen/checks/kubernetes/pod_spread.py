"""What keeps pods together or apart selects pods in a way that can be read, and does not say a thing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.reading import items, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.selectors import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

    Faults: TypeAlias = Iterator[tuple[Path, str]]

_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
_PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
_SPREAD = "topologySpreadConstraints"


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    for path, term in _terms(pod.spec):
        for place, message in (*_keys(term), *_selectors(term)):
            yield Finding(pod.document, (*pod.spec_path, *path, *place), message)
    for place, message in _spread(pod.spec):
        yield Finding(pod.document, (*pod.spec_path, _SPREAD, *place), message)


def _terms(spec: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for side in ("podAffinity", "podAntiAffinity") if isinstance(spec.get("affinity"), dict) else ():
        for index, term in mappings(spec, "affinity", side, _REQUIRED):
            yield ("affinity", side, _REQUIRED, index), term
        for index, weighed in mappings(spec, "affinity", side, _PREFERRED):
            if isinstance(weighed.get("podAffinityTerm"), dict):
                yield ("affinity", side, _PREFERRED, index, "podAffinityTerm"), weighed["podAffinityTerm"]
    for index, constraint in mappings(spec, _SPREAD):
        yield (_SPREAD, index), constraint


def _keys(term: dict[str, Any]) -> Faults:
    for field in ("matchLabelKeys", "mismatchLabelKeys"):
        if items(term, field) and term.get("labelSelector") is None:
            yield (field,), f"{field} needs a labelSelector beside it, got none"
    other = items(term, "mismatchLabelKeys")
    for index, key in enumerate(items(term, "matchLabelKeys")):
        if isinstance(key, str) and key in other:
            yield ("matchLabelKeys", index), f"expected {key} in matchLabelKeys or mismatchLabelKeys, got both"


def _selectors(term: dict[str, Any]) -> Faults:
    for field in ("labelSelector", "namespaceSelector"):
        for place, message in faults_of(term.get(field)):
            yield (field, *place), message


def _spread(spec: dict[str, Any]) -> Faults:
    seen: set[tuple[str, str]] = set()
    for index, constraint in mappings(spec, _SPREAD):
        key, otherwise = text(constraint, "topologyKey"), text(constraint, "whenUnsatisfiable")
        if key and (key, otherwise) in seen:
            yield (index,), f"expected one constraint for {key} with {otherwise}, got another"
        seen.add((key, otherwise))
        if constraint.get("minDomains") is not None and otherwise == "ScheduleAnyway":
            yield (index, "minDomains"), "expected minDomains with DoNotSchedule alone, got it with ScheduleAnyway"
        selected = constraint.get("labelSelector")
        named = selected.get("matchLabels") if isinstance(selected, dict) else None
        for number, label in enumerate(items(constraint, "matchLabelKeys")):
            if isinstance(label, str) and isinstance(named, dict) and label in named:
                yield (index, "matchLabelKeys", number), f"expected a key that labelSelector leaves out, got {label}"


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev, labels: {app: web}}
spec:
  containers: [{name: web, image: "web:1.0"}]
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: topology.kubernetes.io/zone
      whenUnsatisfiable: DoNotSchedule
      minDomains: 2
      labelSelector: {matchLabels: {app: web}}
"""

RULE = Rule(
    code="K8S154",
    title="keeping pods together or apart",
    effect="refused",
    reason="A scheduler counts pods that a selector chooses, once for each topology and way to act.",
    fix="give a labelSelector whose expressions can be read, and one constraint for each topologyKey",
    good=_GOOD,
    bad=_GOOD.replace("DoNotSchedule", "ScheduleAnyway"),
    pod=_find,
)
