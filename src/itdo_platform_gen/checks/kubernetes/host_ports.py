"""A port of the node is asked for once, and is the container's own on the node's network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    for path, message in (*_different(pod), *_twice(pod)):
        yield Finding(pod.document, path, message)


def _different(pod: Pod) -> Iterator[tuple[Path, str]]:
    if pod.spec.get("hostNetwork") is not True:
        return
    for path, container in pod.containers("containers"):
        for index, port in mappings(container, "ports"):
            number, host = port.get("containerPort"), port.get("hostPort")
            if isinstance(host, int) and isinstance(number, int) and host and host != number:
                place = (*path, "ports", index, "hostPort")
                yield place, f"expected the containerPort {number} with hostNetwork: true, got {host}"


def _twice(pod: Pod) -> Iterator[tuple[Path, str]]:
    on_host = pod.spec.get("hostNetwork") is True  # where a containerPort is one of the node
    each_list = [[init] for init in pod.containers("initContainers")]  # they run one by one
    for containers in (*each_list, list(pod.containers("containers"))):
        taken: set[tuple[str, str, int]] = set()
        for path, container in containers:
            for index, port in mappings(container, "ports"):
                host = port.get("hostPort") or (port.get("containerPort") if on_host else None)
                if isinstance(host, int) and host:
                    key = (text(port, "protocol") or "TCP", text(port, "hostIP"), host)
                    if key in taken:
                        place = (*path, "ports", index, "hostPort" if "hostPort" in port else "containerPort")
                        yield place, f"expected each port of the node once, got {host} again"
                    taken.add(key)


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  containers:
    - name: web
      image: "web:1.0"
      ports: [{containerPort: 8080, hostPort: 8080}, {containerPort: 8081, hostPort: 8081}]
"""

RULE = Rule(
    code="K8S141",
    title="ports of the node",
    effect="refused",
    reason="Two cannot listen at one port, and a container on the node's network listens where it listens.",
    fix="use another port, or leave hostPort out and give the pod a Service",
    good=_GOOD,
    bad=_GOOD.replace("hostPort: 8081", "hostPort: 8080"),
    pod=_find,
)
