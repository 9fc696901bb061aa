"""A workload's selector matches the labels of the pods that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.names import is_label_value, is_qualified_name
from itdo_platform_gen.checks.reading import at, mapping
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.selectors import faults_of, selects
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_PATH = ("spec", "selector")


def _find(document: Document, _: World) -> Iterator[Finding]:
    selector = at(document.data, *_PATH)
    if not is_builtin(document):
        return
    if document.kind == "Job":
        manual = at(document.data, "spec", "manualSelector") is True
        if manual and selector is None:
            yield Finding(document, _PATH, "manualSelector needs a selector, got none", "leave manualSelector out")
        elif selector and not manual:
            message = "expected no selector without manualSelector: true, got one"
            yield Finding(document, _PATH, message, "leave it out: the server makes one that fits")
        if not manual:
            return
    if document.kind == "ReplicationController" and not selector:
        # The server fills it in with the labels of the template.
        if at(document.data, "spec") is not None and not mapping(
            document.data, "spec", "template", "metadata", "labels"
        ):
            yield Finding(document, _PATH, "expected a selector, or labels of the template, got neither")
    elif isinstance(selector, dict):
        yield from _selector(document, selector)


def _selector(document: Document, selector: dict[str, object]) -> Iterator[Finding]:
    labels = mapping(document.data, "spec", "template", "metadata", "labels")
    if document.kind == "ReplicationController":
        if any(key not in labels or (labels[key] or "") != (value or "") for key, value in selector.items()):
            yield _unmatched(document, labels, selector)
        return
    wanted = {key: "" if value is None else value for key, value in mapping(selector, "matchLabels").items()}
    if not all(_is_label(key, value) for key, value in wanted.items()) or any(True for _ in faults_of(selector)):
        return  # the schema or another rule says so
    if not wanted and not at(selector, "matchExpressions") and document.kind != "Job":
        yield Finding(document, _PATH, "expected a selector of some pods, got an empty one")
    elif not selects({**selector, "matchLabels": wanted}, _written(labels)):
        yield _unmatched(document, labels, selector)


def _written(labels: dict[str, object]) -> dict[str, object]:
    """Give labels as the server reads them: null is an empty value."""
    return {key: "" if value is None else value for key, value in labels.items()}


def _is_label(key: str, value: object) -> bool:
    return is_qualified_name(key) and isinstance(value, str) and is_label_value(value)


def _unmatched(document: Document, labels: dict[str, object], selector: dict[str, object]) -> Finding:
    if set(selector) == {"matchLabels"}:
        selector = mapping(selector, "matchLabels")
    message = f"expected a selector that matches the template's labels {show(labels)}, got {show(selector)}"
    return Finding(document, _PATH, message)


_GOOD = """\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      containers: [{name: agent, image: "agent:1.0", resources: {requests: {cpu: 10m}}}]
"""

RULE = Rule(
    code="K8S102",
    title="workload selectors",
    effect="refused",
    reason="A workload must find the pods that it makes, and its selector cannot be changed once it is there.",
    fix="give spec.template.metadata.labels every label of the selector",
    good=_GOOD,
    bad=_GOOD.replace("{labels: {app: agent}}", "{labels: {app: other}}"),
    document=_find,
    kinds=("DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController", "StatefulSet"),
)
