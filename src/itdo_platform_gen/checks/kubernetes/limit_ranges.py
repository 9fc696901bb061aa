"""The bounds and defaults of a LimitRange are in order."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.quantity import parse_quantity
from itdo_platform_gen.checks.reading import mapping, mappings
from itdo_platform_gen.checks.resources import is_shareable
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.standard_resources import resource_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_ORDER = ("min", "defaultRequest", "default", "max")
_BOUNDS = (*_ORDER, "maxLimitRequestRatio")
_TYPES = {"Container", "PersistentVolumeClaim", "Pod"}


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    seen: dict[str, int] = {}
    for index, limit in mappings(document.data, "spec", "limits"):
        kind = limit.get("type")
        if not isinstance(kind, str):
            continue
        if kind in seen:
            message = f"limits for {kind} stand already at spec.limits[{seen[kind]}]"
            yield Finding(document, ("spec", "limits", index, "type"), message, "put them together")
        seen.setdefault(kind, index)
        for path, message in (*_allowed(limit, kind), *_order(limit), *_ratio(limit)):
            yield Finding(document, ("spec", "limits", index, *path), message)


def _allowed(limit: dict[str, object], kind: str) -> Iterator[tuple[Path, str]]:
    if kind and kind not in _TYPES and "/" not in kind:
        yield ("type",), f"expected Container, PersistentVolumeClaim or Pod, got {kind}"
    if kind == "Pod":
        for key in ("default", "defaultRequest"):
            if limit.get(key):
                yield (key,), f"expected no {key} for type Pod, got one"
    if kind == "PersistentVolumeClaim" and not any("storage" in mapping(limit, key) for key in ("min", "max")):
        yield (), "expected storage in min or max for type PersistentVolumeClaim, got neither"
    for key in _BOUNDS:
        for name in mapping(limit, key):
            if fault := resource_fault(name, of_containers=kind in {"Container", "Pod"}):
                yield (key, name), fault


def _order(limit: dict[str, object]) -> Iterator[tuple[Path, str]]:
    for resource in dict.fromkeys(name for key in _ORDER for name in mapping(limit, key)):
        amounts = {key: _amount(limit, key, resource) for key in _ORDER}
        for low, high in combinations(_ORDER, 2):
            below, above = amounts[low], amounts[high]
            if below is not None and above is not None and below > above:
                told = [f"{mapping(limit, key)[resource] or 0}" for key in (low, high)]
                yield (high, resource), f"expected at least {low} ({told[0]}), got {told[1]}"
                break
        request, default = amounts["defaultRequest"], amounts["default"]
        if not is_shareable(resource) and request is not None and default is not None and request < default:
            yield ("defaultRequest", resource), f"expected the same as default for {resource}, got less"


def _amount(limit: dict[str, object], key: str, resource: str) -> Fraction | None:
    """Give an amount as a number, for null 0; None where there is none."""
    given = mapping(limit, key)
    return Fraction(0) if resource in given and given[resource] is None else parse_quantity(given.get(resource))


def _ratio(limit: dict[str, object]) -> Iterator[tuple[Path, str]]:
    for resource, written in mapping(limit, "maxLimitRequestRatio").items():
        ratio = _amount(limit, "maxLimitRequestRatio", resource)
        low, high = (_amount(limit, key, resource) for key in ("min", "max"))
        if ratio is None:
            continue
        if ratio < 1:
            yield ("maxLimitRequestRatio", resource), f"expected at least 1, got {written or 0}"
        elif low and high and ratio > high / low:
            yield (
                ("maxLimitRequestRatio", resource),
                f"expected at most max by min, got {written}",
            )


_GOOD = """\
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec:
  limits:
    - type: Container
      min: {cpu: 10m}
      defaultRequest: {cpu: 100m}
      default: {cpu: 500m}
      max: {cpu: "2"}
"""

RULE = Rule(
    code="K8S117",
    title="bounds of LimitRanges",
    effect="refused",
    reason="A LimitRange's minimum, default request, default limit and maximum rise in this order.",
    fix="set min ≤ defaultRequest ≤ default ≤ max",
    good=_GOOD,
    bad=_GOOD.replace("default: {cpu: 500m}", "default: {cpu: 50m}"),
    document=_find,
    kinds=("LimitRange",),
)
