"""What a pod asks of its node's users, processes and rights does not exclude each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.podsecurity.violation import Violation, secured_containers, secured_pod
from itdo_platform_gen.checks.reading import items, mapping
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World

# The minors in which users of its own exclude a pod from what it may share with its node.
_USERS_SINCE = 33
_NETWORK_UNTIL = 36


def _find(pod: Pod, world: World) -> Iterator[Finding]:
    minor = int(world.kubernetes.partition(".")[2])
    for path, message in (*_users(pod, minor), *_processes(pod), *_escalation(pod), *_host_processes(pod)):
        yield Finding(pod.document, path, message)


def _users(pod: Pod, minor: int) -> Iterator[Violation]:
    if minor < _USERS_SINCE:
        return
    if pod.spec.get("hostUsers") is False:
        for field in ("hostPID", "hostIPC", *(["hostNetwork"] if minor <= _NETWORK_UNTIL else [])):
            if pod.spec.get(field) is True:
                yield Violation((*pod.spec_path, field), f"expected no {field} beside hostUsers: false, got true")
    else:
        for each in secured_containers(pod):
            if each.context.get("procMount") == "Unmasked":
                message = "expected hostUsers: false for procMount: Unmasked, got none"
                yield Violation(each.field("procMount"), message)


def _processes(pod: Pod) -> Iterator[Violation]:
    if pod.spec.get("hostPID") is True and pod.spec.get("shareProcessNamespace") is True:
        message = "expected hostPID or shareProcessNamespace, got both"
        yield Violation((*pod.spec_path, "shareProcessNamespace"), message)


def _escalation(pod: Pod) -> Iterator[Violation]:
    for each in secured_containers(pod):
        if each.context.get("allowPrivilegeEscalation") is False:
            path = each.field("allowPrivilegeEscalation")
            if each.context.get("privileged") is True:
                yield Violation(path, "expected allowPrivilegeEscalation: true beside privileged: true, got false")
            elif "CAP_SYS_ADMIN" in items(each.context, "capabilities", "add"):
                yield Violation(path, "expected allowPrivilegeEscalation: true beside CAP_SYS_ADMIN, got false")


def _host_processes(pod: Pod) -> Iterator[Violation]:
    own = mapping(secured_pod(pod).context, "windowsOptions").get("hostProcess")
    each_own = [(each, mapping(each.context, "windowsOptions").get("hostProcess")) for each in secured_containers(pod)]
    effective = [own if said is None else said for _, said in each_own]
    if isinstance(own, bool):
        for each, said in each_own:
            if isinstance(said, bool) and said is not own:
                path = each.field("windowsOptions", "hostProcess")
                yield Violation(path, f"expected hostProcess to be {str(own).lower()} as the pod's, got the opposite")
    elif True in effective and not all(effective):
        yield Violation(pod.spec_path, "expected all containers or none to set hostProcess: true, got some")
    if True in effective and pod.spec.get("hostNetwork") is not True:
        yield Violation(pod.spec_path, "expected hostNetwork: true beside hostProcess: true, got none")


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: app, namespace: dev}
spec: {hostPID: false, shareProcessNamespace: true, containers: [{name: app, image: "app:1.0"}]}
---
apiVersion: v1
kind: Namespace
metadata: {name: dev, labels: {pod-security.kubernetes.io/enforce: privileged}}
"""

RULE = Rule(
    code="K8S184",
    title="rights that exclude each other",
    effect="refused",
    reason="A pod that asks for two things of which one takes the other away is refused.",
    fix="decide for one of them",
    good=_GOOD,
    bad=_GOOD.replace("false", "true"),
    pod=_find,
)
