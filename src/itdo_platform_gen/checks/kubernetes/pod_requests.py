"""What a pod asks for as a whole is enough for its containers."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.containers import own_containers
from itdo_platform_gen.checks.quantity import show_quantity
from itdo_platform_gen.checks.reading import items, mapping
from itdo_platform_gen.checks.resources import HUGE_PAGES, OF_PODS, amounts
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    whole = mapping(pod.spec, "resources")
    if not whole:
        return
    place = (*pod.spec_path, "resources")
    if items(whole, "claims"):
        yield Finding(pod.document, (*place, "claims"), "expected claims in containers alone, got some of the pod")
    asked, sums = amounts(whole, "requests"), _sums(pod)
    for name in sorted(asked.keys() & sums):
        if _of_pods(name) and asked[name] < sums[name]:
            message = f"expected at least what the containers ask for, {show_quantity(sums[name])}, got less"
            yield Finding(pod.document, (*place, "requests", name), message)
    limits = amounts(whole, "limits")
    for name in sorted(limits.keys() - asked.keys() & sums.keys()):
        if _of_pods(name) and limits[name] < sums[name]:
            message = f"expected at least what the containers ask for, {show_quantity(sums[name])}, got less"
            yield Finding(pod.document, (*place, "limits", name), message)
    for path, container in own_containers(pod):
        for name, limit in amounts(mapping(container, "resources"), "limits").items():
            if name in limits and _of_pods(name) and limit > limits[name]:
                message = f"expected at most the pod's limit of {show_quantity(limits[name])}, got more"
                yield Finding(pod.document, (*path, "resources", "limits", name), message)


def _of_pods(name: str) -> bool:
    return name in OF_PODS or name.startswith(HUGE_PAGES)


def _sums(pod: Pod) -> Mapping[str, Fraction]:
    """Give what all containers ask for at once: a limit stands for a request, and init containers come one by one."""
    running: dict[str, Fraction] = defaultdict(Fraction)
    peak: dict[str, Fraction] = defaultdict(Fraction)
    for path, container in own_containers(pod):
        resources = mapping(container, "resources")
        for name, amount in {**amounts(resources, "limits"), **amounts(resources, "requests")}.items():
            if "initContainers" in path and container.get("restartPolicy") != "Always":
                peak[name] = max(peak[name], running[name] + amount)
            else:
                running[name] += amount
    return {name: max(running[name], peak[name]) for name in {*running, *peak}}


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  resources: {requests: {cpu: 500m}}
  containers: [{name: web, image: "web:1.0", resources: {requests: {cpu: 500m}}}]
"""

RULE = Rule(
    code="K8S150",
    title="resources of a pod as a whole",
    effect="refused",
    reason="The containers share what their pod asks for, so it has to be enough for all of them.",
    fix="give the pod at least the sum of its containers, and each container at most what the pod may use",
    good=_GOOD,
    bad=_GOOD.replace("resources: {requests: {cpu: 500m}}\n", "resources: {requests: {cpu: 100m}}\n"),
    pod=_find,
    since="1.34",
)
