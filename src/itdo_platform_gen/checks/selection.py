"""Selection: the pods that a label selector matches, found by way of an index on one of its labels."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.pods import Pod
from itdo_platform_gen.checks.reading import items, mapping, mappings
from itdo_platform_gen.checks.selectors import selects

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from itdo_platform_gen.render.document import Document

# Labels that controllers add to the pods they make: templates say nothing of them.
_ADDED = frozenset(
    {
        *("pod-template-hash", "controller-revision-hash", "pod-template-generation", "job-name", "controller-uid"),
        *("batch.kubernetes.io/job-name", "batch.kubernetes.io/controller-uid", "apps.kubernetes.io/pod-index"),
        *("batch.kubernetes.io/job-completion-index", "statefulset.kubernetes.io/pod-name"),
        "rollouts-pod-template-hash",
    }
)
# Where custom kinds that stand for a workload, such as Argo's Rollout, keep their template.
_TEMPLATE = ("spec", "template")
_OPERATORS = frozenset({"In", "NotIn", "Exists", "DoesNotExist"})


class Selection:
    """Pods by namespace and by each of their labels."""

    def __init__(self, pods: Iterable[Pod]) -> None:
        self.all = list(pods)
        self.by_namespace: dict[str, list[Pod]] = defaultdict(list)
        self._by_label: dict[tuple[str, str, str], list[Pod]] = defaultdict(list)
        self._by_key: dict[tuple[str, str], list[Pod]] = defaultdict(list)
        for pod in self.all:
            namespace = pod.document.namespace
            self.by_namespace[namespace].append(pod)
            for key, value in pod.labels.items():
                if isinstance(value, str):
                    self._by_label[namespace, key, value].append(pod)
                    self._by_key[namespace, key].append(pod)

    def matching(self, namespace: str, selector: object) -> Sequence[Pod]:
        """Give the pods of a namespace that a label selector matches; an empty one matches all."""
        known = _known(selector)
        candidates = self._candidates(namespace, known)
        return [pod for pod in candidates if selects(known, pod.labels)]

    def labelled(self, namespace: str, labels: dict[str, Any]) -> Sequence[Pod]:
        """Give the pods of a namespace that have all of some labels, as Services select."""
        return self.matching(namespace, {"matchLabels": labels})

    def _candidates(self, namespace: str, selector: dict[str, Any]) -> Sequence[Pod]:
        choices: list[Sequence[Pod]] = [
            self._by_label.get((namespace, key, value), ()) for key, value in selector["matchLabels"].items()
        ]
        for expression in selector["matchExpressions"]:
            if expression["operator"] == "Exists":
                choices.append(self._by_key.get((namespace, expression["key"]), ()))
            elif expression["operator"] == "In":
                values = dict.fromkeys(value for value in items(expression, "values") if isinstance(value, str))
                found = (self._by_label.get((namespace, expression["key"], value), ()) for value in values)
                choices.append([pod for pods in found for pod in pods])
        return min(choices, key=len) if choices else self.by_namespace.get(namespace, ())


def _known(selector: object) -> dict[str, Any]:
    """Give what of a selector speaks of labels that templates carry, and is well formed."""
    labels = mapping(selector, "matchLabels").items()
    expressions = [
        expression
        for _, expression in mappings(selector, "matchExpressions")
        if isinstance(expression.get("key"), str)
        and expression["key"] not in _ADDED
        and isinstance(expression.get("operator"), str)
        and expression["operator"] in _OPERATORS
    ]
    return {
        "matchLabels": {key: value for key, value in labels if key not in _ADDED and isinstance(value, str)},
        "matchExpressions": expressions,
    }


def custom_pod(document: Document) -> Pod | None:
    """Give the pod that a custom resource makes of a template where Deployments have theirs, if it has one."""
    holder = mapping(document.data, *_TEMPLATE)
    if not items(holder, "spec", "containers") or is_builtin(document):
        return None
    return Pod(document, _TEMPLATE, mapping(holder, "metadata"), mapping(holder, "spec"))
