"""What a container asks for is at most what it is held to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.containers import own_containers
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.resources import HUGE_PAGES, OF_PODS, amounts, is_shareable
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    for path, holder in (*own_containers(pod), (pod.spec_path, pod.spec)):
        if holder.get("resources"):
            for place, message in _faults(mapping(holder, "resources")):
                yield Finding(pod.document, (*path, "resources", *place), message)


def _faults(resources: dict[str, object]) -> Iterator[tuple[Path, str]]:
    requests, limits = amounts(resources, "requests"), amounts(resources, "limits")
    for name, asked in requests.items():
        limit, place = limits.get(name), ("requests", name)
        given, bound = mapping(resources, "requests")[name], mapping(resources, "limits").get(name)
        if is_shareable(name):
            if limit is not None and asked > limit:
                yield place, f"expected at most the limit of {bound or 0}, got {given or 0}"
        elif name not in mapping(resources, "limits"):
            yield place, f"{name} needs a limit beside the request, got none"
        elif limit is not None and asked != limit:
            yield place, f"expected the limit of {bound or 0}, since {name} is not shared, got {given or 0}"
    names = {*requests, *limits}
    pages = [name for name in names if name.startswith(HUGE_PAGES)]
    if pages and not names & OF_PODS:
        yield (), f"{min(pages)} needs cpu or memory beside it, got none"


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  containers:
    - name: web
      image: "web:1.0"
      resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: "1", memory: 128Mi}}
"""

RULE = Rule(
    code="K8S149",
    title="requests and limits",
    effect="refused",
    reason="A request is what is kept free for the container, which can be no more than it may use.",
    fix="raise the limit, or ask for less",
    good=_GOOD,
    bad=_GOOD.replace("memory: 64Mi", "memory: 1Gi"),
    pod=_find,
)
