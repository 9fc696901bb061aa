"""A HorizontalPodAutoscaler's bounds are in order, and each metric has the source and target that its type needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.standard_resources import resource_fault
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.diagnostics import Effect
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_SOURCES = {
    "ContainerResource": "containerResource",
    "External": "external",
    "Object": "object",
    "Pods": "pods",
    "Resource": "resource",
}
_TARGETS = {
    "ContainerResource": ("averageUtilization", "averageValue"),
    "External": ("value", "averageValue"),
    "Object": ("value", "averageValue"),
    "Pods": ("averageValue",),
    "Resource": ("averageUtilization", "averageValue"),
}
_CHECKED_REFERENCES = 36


def _find(document: Document, world: World) -> Iterator[Finding]:
    spec = mapping(document.data, "spec")
    if not is_builtin(document) or document.api_version not in {"autoscaling/v1", "autoscaling/v2"}:
        return
    least, most = spec.get("minReplicas"), spec.get("maxReplicas")
    if isinstance(least, int) and isinstance(most, int) and most < least and most > 0:
        yield Finding(document, ("spec", "maxReplicas"), f"expected at least minReplicas ({least}), got {most}")
    target = at(spec, "scaleTargetRef")
    if isinstance(target, dict) and (fault := _fault_of_version(target)):
        effect: Effect = "refused" if int(world.kubernetes.partition(".")[2]) >= _CHECKED_REFERENCES else "fails"
        place = ("spec", "scaleTargetRef", "apiVersion")
        yield Finding(document, place, fault, "write the target's group and version, such as apps/v1", effect)
    if document.api_version == "autoscaling/v1":
        return
    for index, metric in mappings(spec, "metrics"):
        for path, message in _metric(metric):
            yield Finding(document, ("spec", "metrics", index, *path), message)
    for side in ("scaleUp", "scaleDown"):
        rules = at(spec, "behavior", side)
        if isinstance(rules, dict) and rules.get("policies") == []:
            message = "expected at least one policy, got none"
            yield Finding(document, ("spec", "behavior", side, "policies"), message, "leave policies out")


def _fault_of_version(target: dict[str, object]) -> str | None:
    version = target.get("apiVersion") or ""
    if not isinstance(version, str) or (target.get("kind") == "ReplicationController" and version.count("/") <= 1):
        return None  # the core's kind has no group
    if not version:
        return "expected the target's apiVersion, got none"
    group, slash, rest = version.partition("/")
    return None if group and slash and "/" not in rest else f"expected a group and a version, got {show(version)}"


def _metric(metric: dict[str, object]) -> Iterator[tuple[Path, str]]:
    kind = metric.get("type")
    if not isinstance(kind, str) or kind not in _SOURCES:
        return
    source = metric.get(_SOURCES[kind])
    others = [key for key in _SOURCES.values() if key != _SOURCES[kind] and metric.get(key) is not None]
    for key in others:
        yield (key,), f"expected only {_SOURCES[kind]} for type {kind}, got {key}"
    if source is None and not others:
        yield (_SOURCES[kind],), f"expected {_SOURCES[kind]} for type {kind}, got none"
    elif isinstance(source, dict):
        for path, message in _named(source, kind):
            yield (_SOURCES[kind], *path), message
    if isinstance(at(source, "target"), dict):
        for path, message in _target(mapping(source, "target"), kind):
            yield (_SOURCES[kind], "target", *path), message


def _named(source: dict[str, object], kind: str) -> Iterator[tuple[Path, str]]:
    name, version = text(source, "name"), text(source, "describedObject", "apiVersion")
    if kind == "ContainerResource" and name and (fault := resource_fault(name, of_containers=True)):
        yield ("name",), fault
    if version.count("/") > 1:
        yield ("describedObject", "apiVersion"), f"expected a group and a version, got {show(version)}"


def _target(target: dict[str, object], kind: str) -> Iterator[tuple[Path, str]]:
    given = [key for key in _TARGETS[kind] if target.get(key) is not None]
    if not given:
        yield (), f"expected {' or '.join(_TARGETS[kind])} for type {kind}, got neither"
    elif len(given) > 1 and kind != "Object":
        yield (), f"expected one of {' and '.join(_TARGETS[kind])}, got both"


_GOOD = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
  minReplicas: 2
  maxReplicas: 4
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers: [{name: shop, image: "shop:1.0", resources: {requests: {cpu: 10m}}}]
"""

RULE = Rule(
    code="K8S110",
    title="bounds and metrics of autoscalers",
    effect="refused",
    reason="An autoscaler scales between two bounds by metrics, each with the source and target of its type.",
    fix="set maxReplicas to minReplicas or more, and one target a metric",
    good=_GOOD,
    bad=_GOOD.replace("maxReplicas: 4", "maxReplicas: 1"),
    document=_find,
    kinds=("HorizontalPodAutoscaler",),
)
