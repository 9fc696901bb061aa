"""Unmatched: selectors that match no pod, and how surely that is a fault."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.reading import mapping, mappings
from itdo_platform_gen.checks.rule import Finding
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_MOST_COMPARED = 200


def unmatched(document: Document, path: Path, selector: dict[str, Any], world: World) -> Iterator[Finding]:
    """Find fault with a selector that matches no pod of its document's namespace.

    Where the documents do not know all of the namespace it is a warning, and where they have no pod there, nothing:
    labels cannot be declared to be outside.
    """
    namespace = document.namespace
    pods = world.selection.by_namespace.get(namespace, ())
    sure = world.knows_pods(namespace)
    if not pods and not sure:
        return
    message = f"expected labels of a pod{_in(namespace)}, got {shown(selector)}, which no pod has"
    hint = _nearest(selector, [pod.labels for pod in pods[:_MOST_COMPARED]])
    if sure:
        yield Finding(document, path, message, hint)
    else:
        yield softened(Finding(document, path, message, hint))


def softened(finding: Finding) -> Finding:
    """Make advice of what may be a fault, and is none where something lies outside the documents."""
    return replace(finding, effect="advice", severity="warning")


def _in(namespace: str) -> str:
    return f" in namespace {namespace}" if namespace else ""


def shown(selector: dict[str, Any]) -> str:
    """Write a label selector on one line: `app=shop`."""
    labels = [f"{key}={value}" for key, value in mapping(selector, "matchLabels").items()]
    return ", ".join([*labels, *(show(expression) for _, expression in mappings(selector, "matchExpressions"))])


def _nearest(selector: dict[str, Any], candidates: list[dict[str, Any]]) -> str | None:
    """Say which labels of the pod that has most of them are other ones."""
    wanted = mapping(selector, "matchLabels")
    best: dict[str, Any] = {}
    most = 0
    for labels in candidates:
        common = 2 * sum(labels.get(key) == value for key, value in wanted.items()) + bool(wanted.keys() & labels)
        if common > most:
            best, most = labels, common
    others = [f"{key}={best[key]}" for key, value in wanted.items() if key in best and best[key] != value]
    return f"a pod there has {', '.join(others)}" if others else None
