"""Pods that nobody holds to a level of pod security keep away from their node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.podsecurity import baseline
from itdo_platform_gen.checks.podsecurity.policy import is_undecided
from itdo_platform_gen.checks.podsecurity.violation import Violation
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World

# Folders and sockets by which a container takes over its node.
_TAKEOVER = frozenset(
    {"", "/boot", "/dev", "/etc", "/etc/kubernetes", "/proc", "/root", "/run", "/sys", "/var/lib/kubelet", "/var/run"}
)
_SOCKETS = ("docker.sock", "containerd.sock", "crio.sock")


def _find(pod: Pod, world: World) -> Iterator[Finding]:
    if is_undecided(pod, world):
        for path, message in _reaching(pod):
            yield Finding(pod.document, path, message)


def _reaching(pod: Pod) -> Iterator[Violation]:
    for check in (baseline.host_namespaces, baseline.privileged, baseline.host_process):
        yield from check(pod, 0)
    for index, volume in mappings(pod.spec, "volumes"):
        folder = text(volume, "hostPath", "path")
        if folder and (folder.rstrip("/") in _TAKEOVER or folder.endswith(_SOCKETS)):
            path = (*pod.spec_path, "volumes", index, "hostPath", "path")
            yield Violation(path, f"expected a folder that the node does not live by, got {folder}")


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: app, namespace: dev}
spec: {hostIPC: false, containers: [{name: app, image: "app:1.0"}]}
"""

RULE = Rule(
    code="K8S195",
    title="access to the node",
    effect="advice",
    level="notice",
    reason="Who breaks into such a container has the node, and what else runs on it.",
    fix="leave it out, or say that it is meant: label the Namespace pod-security.kubernetes.io/enforce: privileged",
    good=_GOOD,
    bad=_GOOD.replace("false", "true"),
    pod=_find,
)
