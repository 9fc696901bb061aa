"""A ResourceQuota limits resources that exist, counts in whole numbers, and has scopes that fit them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.names import is_qualified_name
from itdo_platform_gen.checks.quantity import parse_quantity
from itdo_platform_gen.checks.reading import items, mapping, mappings
from itdo_platform_gen.checks.resources import is_extended
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.standard_resources import AMOUNTS, COUNTS, is_of_huge_pages
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_OPPOSITES = ({"BestEffort", "NotBestEffort"}, {"Terminating", "NotTerminating"})
_POD_AMOUNTS = AMOUNTS - {"requests.storage"}
_SCOPES = {
    "BestEffort": {"pods"},
    "CrossNamespacePodAffinity": {"pods", *_POD_AMOUNTS},
    "NotBestEffort": {"pods", *_POD_AMOUNTS},
    "NotTerminating": {"pods", *_POD_AMOUNTS},
    "PriorityClass": {"pods", *_POD_AMOUNTS},
    "Terminating": {"pods", *_POD_AMOUNTS},
    "VolumeAttributesClass": {"persistentvolumeclaims", "requests.storage"},
}
_VALUED = {"PriorityClass", "VolumeAttributesClass"}
_SELECTING = ("spec", "scopeSelector", "matchExpressions")


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    hard = mapping(document.data, "spec", "hard")
    for name, amount in hard.items():
        at_name = ("spec", "hard", name)
        if not _exists(name):
            near = "requests.storage" if name == "storage" else nearest(name, sorted(AMOUNTS | COUNTS))
            hint = f"did you mean {near}?" if near else None
            yield Finding(document, at_name, f"expected a resource of quotas, got {show(name)}", hint, at_key=True)
            continue
        number = parse_quantity(amount)
        is_count = name in COUNTS or (is_extended(name) and not name.startswith("requests."))
        if is_count and number is not None and number.denominator != 1:
            yield Finding(document, at_name, f"expected a whole number of {name}, got {show(amount)}")
    for path, message in (*_scopes(document.data, set(hard)), *_selector(document.data, set(hard))):
        yield Finding(document, path, message, "use a quota of its own for each scope")


def _exists(name: str) -> bool:
    if not is_qualified_name(name):
        return False
    return "/" in name or name in AMOUNTS | COUNTS or is_of_huge_pages(name)


def _scopes(data: object, resources: set[str]) -> Iterator[tuple[Path, str]]:
    scopes = [scope for scope in items(data, "spec", "scopes") if isinstance(scope, str)]
    if any(pair <= set(scopes) for pair in _OPPOSITES):
        yield ("spec", "scopes"), f"expected no opposite scopes, got {show(scopes)}"
    for index, scope in enumerate(scopes):
        if misfits := _misfits(scope, resources):
            yield ("spec", "scopes", index), f"scope {scope} does not fit {', '.join(misfits)}"


def _selector(data: object, resources: set[str]) -> Iterator[tuple[Path, str]]:
    names = set()
    for index, term in mappings(data, *_SELECTING):
        place, scope, operator = (*_SELECTING, index), term.get("scopeName"), term.get("operator")
        values = items(term, "values")
        if not isinstance(scope, str) or not isinstance(operator, str):
            continue
        names.add(scope)
        if operator in {"In", "NotIn"} and not values:
            yield (*place, "values"), f"expected values for {operator}, got none"
        elif operator in {"Exists", "DoesNotExist"} and values:
            yield (*place, "values"), f"expected no values for {operator}, got {show(values)}"
        elif scope in _SCOPES and scope not in _VALUED and operator in {"DoesNotExist", "In", "NotIn"}:
            yield (*place, "operator"), f"expected Exists for scope {scope}, got {operator}"
        if misfits := _misfits(scope, resources):
            yield (*place, "scopeName"), f"scope {scope} does not fit {', '.join(misfits)}"
    if any(pair <= names for pair in _OPPOSITES):
        yield _SELECTING, f"expected no opposite scopes, got {', '.join(sorted(names))}"


def _misfits(scope: str, resources: set[str]) -> list[str]:
    """Give the resources that a scope says nothing about, of those that are known."""
    fitting = _SCOPES.get(scope)
    known = {name for name in resources if name in AMOUNTS | COUNTS or is_of_huge_pages(name)}
    return sorted(known - fitting) if fitting is not None else []


_GOOD = """\
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota, namespace: dev}
spec: {hard: {requests.storage: 10Gi, pods: 10}}
"""

RULE = Rule(
    code="K8S116",
    title="resources of quotas",
    effect="refused",
    reason="A quota limits resources by the names that quotas have for them, and counts objects in whole numbers.",
    fix="use a resource such as requests.cpu, requests.storage, pods or count/deployments.apps",
    good=_GOOD,
    bad=_GOOD.replace("requests.storage", "storage"),
    document=_find,
    kinds=("ResourceQuota",),
)
