"""A container that runs before the others has no probes and hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.containers import is_plain_init
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World

_OF_RUNNING = ("lifecycle", "livenessProbe", "readinessProbe", "startupProbe", "resizePolicy")


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    for path, container in pod.containers("initContainers"):
        if not is_plain_init(path, container):
            continue
        for field in _OF_RUNNING:
            if container.get(field) is not None and container[field] != []:
                message = f"expected no {field} in an init container without restartPolicy: Always, got one"
                yield Finding(pod.document, (*path, field), message, at_key=True)


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  initContainers:
    - {name: proxy, image: "proxy:1.0", restartPolicy: Always, startupProbe: {tcpSocket: {port: 80}}}
  containers: [{name: web, image: "web:1.0"}]
"""

RULE = Rule(
    code="K8S145",
    title="probes and hooks of init containers",
    effect="refused",
    reason="An init container ends before the pod runs, so nothing can probe it; only a sidecar goes on.",
    fix="leave it out, or make the container a sidecar with restartPolicy: Always",
    good=_GOOD,
    bad=_GOOD.replace("restartPolicy: Always, ", ""),
    pod=_find,
)
