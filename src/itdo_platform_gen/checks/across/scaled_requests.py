"""Containers request what an autoscaler measures the use of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.across.scaled_replicas import GOOD
from itdo_platform_gen.checks.limits import NONE, limits_of
from itdo_platform_gen.checks.pods import pod_of
from itdo_platform_gen.checks.reading import at, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.scaling import scaled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path


def _find(world: World) -> Iterator[Finding]:
    known = limits_of(world)
    for scaler, target in scaled(world):
        pod = pod_of(target)
        for path, resource, only in _measured(scaler) if pod is not None else ():
            for _, container in mappings(pod.spec, "containers") if pod is not None else ():
                requests, _ = known.get(target.namespace, NONE).amounts(container)
                if resource not in requests and only in {"", text(container, "name")}:
                    name = text(container, "name")
                    message = f"expected every container to request {resource}, got none in {name} of {target.resource}"
                    sure = target.namespace in world.complete
                    yield Finding(scaler, path, message, None, None if sure else "advice", None if sure else "warning")
                    break


def _measured(scaler: Document) -> Iterator[tuple[Path, str, str]]:
    """Give each resource whose use is compared with the request: path, resource, and the container if it is one."""
    for index, metric in mappings(scaler.data, "spec", "metrics"):
        for field in ("resource", "containerResource"):
            source = mapping(metric, field)
            if at(source, "target", "averageUtilization") is not None:
                yield ("spec", "metrics", index, field, "name"), text(source, "name"), text(source, "container")
    if at(scaler.data, "spec", "targetCPUUtilizationPercentage") is not None:
        yield ("spec", "targetCPUUtilizationPercentage"), "cpu", ""


RULE = Rule(
    code="K8S215",
    title="requests that an autoscaler needs",
    effect="fails",
    reason="Utilization is a share of the request: without one the autoscaler computes nothing and does not scale.",
    fix="give each container of the workload the request, or measure AverageValue",
    good=GOOD,
    bad=GOOD.replace("requests: {cpu: 100m}", "requests: {memory: 64Mi}"),
    world=_find,
)
