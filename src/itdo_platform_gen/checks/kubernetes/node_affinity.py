"""The terms by which a pod chooses nodes have values where their operators take some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.names import is_dns_subdomain, is_label_value
from itdo_platform_gen.checks.reading import at, items, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.selectors import expression_faults
from itdo_platform_gen.syntax.data import show

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
    for place, message in (*_labels(term, required=required), *_fields(term)):
        yield Finding(pod.document, (*pod.spec_path, *path, *place), message)


def _labels(term: object, *, required: bool) -> Iterator[tuple[Path, str]]:
    for index, expression in mappings(term, "matchExpressions"):
        here = ("matchExpressions", index)
        for place, message in expression_faults(expression):
            yield (*here, *place), message
        for number, value in enumerate(items(expression, "values") if required else ()):
            if isinstance(value, str) and not is_label_value(value):
                yield (*here, "values", number), f"expected a value that a label can have, got {show(value)}"


def _fields(term: object) -> Iterator[tuple[Path, str]]:
    for index, expression in mappings(term, "matchFields"):
        for key, message in _field_faults(expression):
            yield ("matchFields", index, *key), message


def _field_faults(expression: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    key, operator, values = text(expression, "key"), text(expression, "operator"), items(expression, "values")
    if key and key != "metadata.name":
        yield ("key",), f"expected metadata.name, which is the only field, got {show(key)}"
    if operator and operator not in {"In", "NotIn"}:
        yield ("operator",), f"expected In or NotIn, got {operator}"
    elif len(values) != 1:
        yield ("values",), f"expected one name of a node, got {len(values) or 'none'}"
    elif isinstance(values[0] or "", str) and not is_dns_subdomain(values[0] or ""):
        yield ("values", 0), f"expected the name of a node, got {show(values[0])}"


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
