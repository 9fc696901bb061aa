"""Containers and claims stay within the LimitRanges of their namespace."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.limits import limits_of
from itdo_platform_gen.checks.quantity import parse_quantity, show_quantity
from itdo_platform_gen.checks.reading import mapping, mappings
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.limits import Limit, Limits
    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path


def _find(world: World) -> Iterator[Finding]:
    known = limits_of(world)
    if not known:
        return
    for pod in world.pods:
        limits = known.get(pod.document.namespace)
        if limits is not None and pod.document.kind != "PodTemplate":
            yield from _of_pod(pod, limits)
    for document in world.builtin("PersistentVolumeClaim", "StatefulSet"):
        limits = known.get(document.namespace)
        for limit in limits.entries if limits is not None else ():
            if limit.type == "PersistentVolumeClaim":
                yield from _of_claims(document, limit)


def _of_pod(pod: Pod, limits: Limits) -> Iterator[Finding]:
    for path, container in pod.containers("initContainers", "containers"):
        requests, most = limits.amounts(container)
        place = (*path, "resources")
        written = mapping(container, "resources")
        for resource, request in requests.items():
            asked, limit = parse_quantity(request), parse_quantity(most.get(resource))
            if asked is not None and limit is not None and asked > limit and resource not in mapping(written, "limits"):
                message = f"expected at most the limit {most[resource]} that the LimitRange fills in, got {request}"
                yield Finding(pod.document, (*place, "requests", resource), message)
        for entry in limits.entries:
            if entry.type == "Container":
                yield from _within(pod.document, place, written, (requests, most), entry)
                yield from _ratio(pod.document, path, (requests, most), entry)
    for entry in limits.entries:
        if entry.type == "Pod":
            yield from _of_whole_pod(pod, limits, entry)


def _ratio(
    document: Document, path: Path, amounts: tuple[dict[str, Any], dict[str, Any]], limit: Limit
) -> Iterator[Finding]:
    requests, limits = amounts
    for resource, allowed in mapping(limit.entry, "maxLimitRequestRatio").items():
        edge = parse_quantity(allowed)
        request, most = parse_quantity(requests.get(resource)), parse_quantity(limits.get(resource))
        if edge is not None and (not request or not most or most > edge * request):
            said = f"limit {limits.get(resource, 'none')} and request {requests.get(resource, 'none')}"
            message = f"expected a limit of {resource} of at most {allowed} times the request"
            yield Finding(document, path, f"{message} (LimitRange/{limit.document.name}), got {said}")


def _of_whole_pod(pod: Pod, limits: Limits, limit: Limit) -> Iterator[Finding]:
    """Compare what the server counts: containers and sidecars together, or the largest init container."""
    for bound, side, words in (("max", 1, "at most"), ("min", 0, "at least")):
        for resource, allowed in mapping(limit.entry, bound).items():
            edge = parse_quantity(allowed)
            running, largest = Fraction(0), Fraction(0)
            for path, container in pod.containers("initContainers", "containers"):
                amount = parse_quantity(limits.amounts(container)[side].get(resource)) or Fraction(0)
                if "initContainers" in path and container.get("restartPolicy") != "Always":
                    largest = max(largest, amount)
                else:
                    running += amount
            total = max(running, largest)
            if edge is not None and (not total or (total > edge if bound == "max" else total < edge)):
                name = ("requests", "limits")[side]
                message = f"expected {words} {allowed} {resource} in a pod (LimitRange/{limit.document.name})"
                yield Finding(pod.document, pod.spec_path, f"{message}, got {name} of {show_quantity(total)} in sum")


def _within(
    document: Document,
    place: Path,
    written: dict[str, Any],
    amounts: tuple[dict[str, Any], dict[str, Any]],
    limit: Limit,
) -> Iterator[Finding]:
    requests, limits = amounts
    sides = (("max", "limits", limits, "at most"), ("min", "requests", requests, "at least"))
    for bound, side, values, words in sides:
        for resource, allowed in mapping(limit.entry, bound).items():
            edge, value = parse_quantity(allowed), parse_quantity(values.get(resource))
            if edge is None or value is None:
                continue
            if (value > edge) if bound == "max" else (value < edge):
                # A limit alone is the request too, so that it is what is written.
                said = next((s for s in (side, "limits", "requests") if resource in mapping(written, s)), None)
                path = (*place, said, resource) if said else place[:-1]
                range_ = f"LimitRange/{limit.document.name}"
                message = f"expected {words} {allowed} ({range_}), got {resource} {values[resource]}"
                yield Finding(document, path, message)


def _of_claims(document: Document, limit: Limit) -> Iterator[Finding]:
    claims: list[tuple[Path, object]] = [((), document.data)]
    if document.kind == "StatefulSet":
        templates = mappings(document.data, "spec", "volumeClaimTemplates")
        claims = [(("spec", "volumeClaimTemplates", index), claim) for index, claim in templates]
    for path, claim in claims:
        written = mapping(claim, "spec", "resources")
        requests = mapping(written, "requests")
        yield from _within(document, (*path, "spec", "resources"), written, (requests, requests), limit)


_GOOD = """\
apiVersion: v1
kind: LimitRange
metadata: {name: limits, namespace: dev}
spec: {limits: [{type: Container, max: {memory: 1Gi}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: dev}
spec:
  containers:
    - name: app
      image: app:1.0
      resources: {limits: {memory: 512Mi}}
"""

RULE = Rule(
    code="K8S211",
    title="LimitRanges",
    effect="fails",
    reason="The server refuses a pod or claim beyond the LimitRanges of its namespace when it is created.",
    fix="stay within the LimitRange, or change it",
    good=_GOOD,
    bad=_GOOD.replace("512Mi", "2Gi"),
    world=_find,
)
