"""A variable has a value or says where it comes from, from what its pod knows of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.downward import divisor_fault
from itdo_platform_gen.checks.reading import mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_WHOLE = ("metadata.annotations", "metadata.labels")


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    for path, container in pod.containers():
        for index, variable in mappings(container, "env"):
            if isinstance(variable.get("valueFrom"), dict):
                for place, message in _faults(variable):
                    yield Finding(pod.document, (*path, "env", index, *place), message)


def _faults(variable: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    if variable.get("value"):
        yield ("valueFrom",), "expected value or valueFrom, got both"
    field = text(variable, "valueFrom", "fieldRef", "fieldPath")
    if field in _WHOLE:
        yield ("valueFrom", "fieldRef", "fieldPath"), f"expected one of them, such as {field}['app'], got {field}"
    if message := divisor_fault(mapping(variable, "valueFrom", "resourceFieldRef")):
        yield ("valueFrom", "resourceFieldRef", "divisor"), message


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  containers:
    - {name: web, image: "web:1.0", env: [{name: APP, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}]}
"""

RULE = Rule(
    code="K8S143",
    title="variables of containers",
    effect="refused",
    reason="A variable is one text, which stands in the pod or comes from one place.",
    fix="decide for a value or a source, and name a single label, annotation or field",
    good=_GOOD,
    bad=_GOOD.replace("name: APP, ", "name: APP, value: web, "),
    pod=_find,
)
