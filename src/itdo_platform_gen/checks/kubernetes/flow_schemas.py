"""A FlowSchema says whose requests it is about, of what, and with * says it once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at, items, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

    Faults: TypeAlias = Iterator[tuple[Path, str]]

_SUBJECTS = {"Group": "group", "ServiceAccount": "serviceAccount", "User": "user"}
_LISTS = {
    "nonResourceRules": ("nonResourceURLs", "verbs"),
    "resourceRules": ("apiGroups", "namespaces", "resources", "verbs"),
}
_FIRST = "exempt"


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    if at(document.data, "spec", "matchingPrecedence") == 1 and document.name != _FIRST:
        message = f"expected 2 to 10000 where the name is not {_FIRST}, got 1"
        yield Finding(document, ("spec", "matchingPrecedence"), message)
    for index, rule in mappings(document.data, "spec", "rules"):
        for path, message in _rule(rule) if rule else ():  # the schema asks for something in it
            yield Finding(document, ("spec", "rules", index, *path), message)


def _rule(rule: dict[str, Any]) -> Faults:
    if not items(rule, "resourceRules") and not items(rule, "nonResourceRules"):
        yield (), "expected resourceRules or nonResourceRules, got neither"
    for index, subject in mappings(rule, "subjects"):
        for path, message in _subject(subject):
            yield ("subjects", index, *path), message
    for kind, lists in _LISTS.items():
        for index, inner in mappings(rule, kind):
            for field in lists:
                values = items(inner, field)
                if "*" in values and len(values) > 1:
                    yield (kind, index, field), f"expected * alone, got {show(values)}"
            if (
                inner
                and kind == "resourceRules"
                and inner.get("clusterScope") is not True
                and not items(inner, "namespaces")
            ):
                yield (kind, index), "expected namespaces or clusterScope: true, got neither"


def _subject(subject: dict[str, Any]) -> Faults:
    kind = text(subject, "kind")
    for name, field in _SUBJECTS.items():
        given = subject.get(field) is not None
        if kind == name and not given:
            yield (), f"expected {field} for the kind {kind}, got none"
        elif kind in _SUBJECTS and kind != name and given:
            yield (field,), f"expected no {field} for the kind {kind}, got one"


_GOOD = """\
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: FlowSchema
metadata: {name: builds}
spec:
  priorityLevelConfiguration: {name: workload-low}
  rules:
    - subjects: [{kind: Group, group: {name: builders}}]
      resourceRules: [{apiGroups: ["*"], resources: [pods], namespaces: ["*"], verbs: [list]}]
"""

RULE = Rule(
    code="K8S126",
    title="flow schemas",
    effect="refused",
    reason="A rule of a FlowSchema names its subjects by their kind, and what they ask for, * standing alone.",
    fix="give each subject the field of its kind, each resource rule its namespaces, and * no company",
    good=_GOOD,
    bad=_GOOD.replace("kind: Group", "kind: User"),
    document=_find,
    kinds=("FlowSchema",),
)
