"""A priority, ingress, runtime or storage class, or a storage driver, has values that its kind allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at, items, mapping, mappings
from itdo_platform_gen.checks.resources import HUGE_PAGES, OF_CONTAINERS
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.toleration import toleration_faults
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

    Faults: TypeAlias = Iterator[tuple[Path, str]]

_HIGHEST = 1_000_000_000
_SYSTEM = {"system-cluster-critical": 2_000_000_000, "system-node-critical": 2_000_001_000}


def _find(document: Document, _: World) -> Iterator[Finding]:
    if is_builtin(document):
        for path, message in _JUDGES[document.kind](document):
            yield Finding(document, path, message)


def _priority(document: Document) -> Faults:
    value = at(document.data, "value")
    if document.name.startswith("system-"):
        if document.name not in _SYSTEM or value != _SYSTEM[document.name]:
            yield ("metadata", "name"), f"names with system- are the server's own, got {show(document.name)}"
    elif isinstance(value, int) and value > _HIGHEST:
        yield ("value",), f"expected at most {_HIGHEST}, got {value}"


def _ingress(document: Document) -> Faults:
    parameters = at(document.data, "spec", "parameters")
    if not isinstance(parameters, dict):
        return
    scope, namespace = parameters.get("scope") or "Cluster", parameters.get("namespace")
    path = ("spec", "parameters", "namespace")
    if scope == "Namespace" and not namespace:
        yield path, "expected a namespace with scope: Namespace, got none"
    elif scope == "Cluster" and namespace is not None:
        yield path, f"expected no namespace without scope: Namespace, got {show(namespace)}"


def _storage(document: Document) -> Faults:
    seen: list[object] = []
    for index, term in mappings(document.data, "allowedTopologies"):
        terms = _terms(term)
        if terms in seen:
            yield ("allowedTopologies", index, "matchLabelExpressions"), "expected each topology once, got one again"
        seen.append(terms)
        keys: set[str] = set()
        for number, expression in mappings(term, "matchLabelExpressions"):
            place = ("allowedTopologies", index, "matchLabelExpressions", number)
            key, values = expression.get("key"), items(expression, "values")
            if isinstance(key, str) and key in keys:
                yield (*place, "key"), f"expected each key once, got {key} again"
            keys.add(str(key))
            if expression.get("values") == []:
                yield (*place, "values"), "expected at least one value, got none"
            elif len({str(value) for value in values}) != len(values):
                yield (*place, "values"), f"expected each value once, got {show(values)}"


def _terms(term: object) -> list[tuple[str, list[str]]]:
    """Give what a topology asks for, in one order."""
    expressions = (each for _, each in mappings(term, "matchLabelExpressions"))
    return sorted((str(each.get("key")), sorted(map(str, items(each, "values")))) for each in expressions)


def _driver(document: Document) -> Faults:
    seen: set[str] = set()
    for index, request in mappings(document.data, "spec", "tokenRequests"):
        audience = str(request.get("audience") or "")
        if audience in seen:
            yield ("spec", "tokenRequests", index, "audience"), f"expected each audience once, got {audience} again"
        seen.add(audience)


def _runtime(document: Document) -> Faults:
    for name in mapping(document.data, "overhead", "podFixed"):
        if "/" not in name and name not in OF_CONTAINERS and not name.startswith(HUGE_PAGES):
            yield ("overhead", "podFixed", name), f"expected {', '.join(sorted(OF_CONTAINERS))}, got {name}"
    seen: list[object] = []
    for index, toleration in mappings(document.data, "scheduling", "tolerations"):
        place = ("scheduling", "tolerations", index)
        if toleration in seen:
            yield place, "expected each toleration once, got one again"
        else:
            yield from (((*place, field), message) for field, message in toleration_faults(toleration))
        seen.append(toleration)


_JUDGES = {
    "CSIDriver": _driver,
    "IngressClass": _ingress,
    "PriorityClass": _priority,
    "RuntimeClass": _runtime,
    "StorageClass": _storage,
}
_GOOD = """\
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high}
value: 1000000
"""

RULE = Rule(
    code="K8S122",
    title="classes",
    effect="refused",
    reason="The highest priorities and the names with system- are the server's own, and scopes name their namespace.",
    fix="use a value of at most 1000000000 and a name of your own",
    good=_GOOD,
    bad=_GOOD.replace("1000000", "2000000000"),
    document=_find,
    kinds=tuple(_JUDGES),
)
