"""A new pod leaves out what the server or the cluster fills in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.reading import items
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    for path, message, hint in (*_of_all(pod.spec), *(() if pod.path else _of_admission(pod.spec))):
        yield Finding(pod.document, (*pod.spec_path, path), message, hint, at_key=path == "ephemeralContainers")


def _of_all(spec: dict[str, Any]) -> Iterator[tuple[str, str, str | None]]:
    if items(spec, "ephemeralContainers"):
        message, hint = "expected none in a new pod, got some", "add them to a running pod with kubectl debug"
        yield "ephemeralContainers", message, hint
    if items(spec, "schedulingGates") and spec.get("nodeName"):
        yield "nodeName", f"expected no node before the schedulingGates are cleared, got {show(spec['nodeName'])}", None


def _of_admission(spec: dict[str, Any]) -> Iterator[tuple[str, str, str | None]]:
    """Tell what admission refuses in pods; it does not look into templates."""
    if not spec.get("priorityClassName"):
        if (spec.get("priority") or 0) != 0:
            message = f"expected no number, got {show(spec['priority'])}"
            yield "priority", message, "name a PriorityClass in priorityClassName"
        if spec.get("preemptionPolicy") not in (None, "PreemptLowerPriority"):
            message = f"expected none without a priorityClassName, got {show(spec['preemptionPolicy'])}"
            yield "preemptionPolicy", message, "set it in a PriorityClass"
    if spec.get("overhead") and not spec.get("runtimeClassName"):
        yield "overhead", "expected overhead of a RuntimeClass alone, got some without runtimeClassName", None


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  containers: [{name: web, image: "web:1.0"}]
"""

RULE = Rule(
    code="K8S158",
    title="what the cluster fills in",
    effect="refused",
    reason="The server and its admission fill these fields in, and refuse a pod that comes with other values.",
    fix="leave the field out",
    good=_GOOD,
    bad=f"{_GOOD}  ephemeralContainers: [{{name: debug, image: 'debug:1.0'}}]\n",
    pod=_find,
)
