"""What a probe or hook asks for is something that its kind can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.containers import is_plain_init, own_containers
from itdo_platform_gen.checks.reading import at, mappings
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_DEFAULT_GRACE = 30


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    for path, container in own_containers(pod):
        if not is_plain_init(path, container):
            for place, message in (*_probes(container), *_sleeps(container, pod), *_resized(container, pod)):
                yield Finding(pod.document, (*path, *place), message)


def _probes(container: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    for field in ("livenessProbe", "startupProbe"):
        times = at(container, field, "successThreshold")
        if isinstance(times, int) and times > 1:
            yield (field, "successThreshold"), f"expected 1 for a {field}, got {times}"
    if at(container, "readinessProbe", "terminationGracePeriodSeconds") is not None:
        place = ("readinessProbe", "terminationGracePeriodSeconds")
        yield place, "a readinessProbe ends no container, and so takes no terminationGracePeriodSeconds"


def _sleeps(container: dict[str, Any], pod: Pod) -> Iterator[tuple[Path, str]]:
    grace = pod.spec.get("terminationGracePeriodSeconds")
    grace = _DEFAULT_GRACE if grace is None else grace
    for hook in ("postStart", "preStop"):
        seconds = at(container, "lifecycle", hook, "sleep", "seconds")
        if isinstance(seconds, int) and isinstance(grace, int) and seconds > grace:
            place = ("lifecycle", hook, "sleep", "seconds")
            yield place, f"expected at most terminationGracePeriodSeconds ({grace}), got {seconds}"


def _resized(container: dict[str, Any], pod: Pod) -> Iterator[tuple[Path, str]]:
    if pod.spec.get("restartPolicy") != "Never":
        return
    for index, policy in mappings(container, "resizePolicy"):
        if policy.get("restartPolicy") == "RestartContainer" and container.get("restartPolicy") is None:
            place = ("resizePolicy", index, "restartPolicy")
            yield place, "expected NotRequired in a pod with restartPolicy: Never, got RestartContainer"


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  containers:
    - {name: web, image: "web:1.0", livenessProbe: {tcpSocket: {port: 80}, successThreshold: 1}}
"""

RULE = Rule(
    code="K8S146",
    title="probes and hooks",
    effect="refused",
    reason="A container that lives after one success needs no second, and one that ends cannot wait beyond its end.",
    fix="leave the field out, or keep within the limit",
    good=_GOOD,
    bad=_GOOD.replace("successThreshold: 1", "successThreshold: 2"),
    pod=_find,
)
