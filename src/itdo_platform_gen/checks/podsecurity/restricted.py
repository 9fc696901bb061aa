"""Restricted: what a pod must give up, beyond baseline, so that it can do no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.podsecurity import baseline
from itdo_platform_gen.checks.podsecurity.violation import (
    Violation,
    is_for_windows,
    is_in_user_namespace,
    secured,
    secured_containers,
    secured_pod,
)
from itdo_platform_gen.checks.reading import items, mapping, mappings
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.podsecurity.violation import Check

# The sources of volumes that are kept apart from the node and from other pods.
_VOLUMES = (
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
)
_ESCALATION_SINCE = 8
_SECCOMP_SINCE = 19
_CAPABILITIES_SINCE = 22
_RUN_AS_USER_SINCE = 23
_PROC_MOUNT_SINCE = 35


def volumes(pod: Pod, _version: int) -> Iterator[Violation]:
    for index, volume in mappings(pod.spec, "volumes"):
        sources = [key for key, value in volume.items() if key != "name" and value is not None]
        if sources and not any(source in _VOLUMES for source in sources):  # none at all is an emptyDir
            message = f"expected a volume of {', '.join(_VOLUMES)}, got {sources[0]}"
            yield Violation((*pod.spec_path, "volumes", index, sources[0]), message)


def escalation(pod: Pod, version: int) -> Iterator[Violation]:
    if version < _ESCALATION_SINCE or is_for_windows(pod, version):
        return
    for each in secured_containers(pod):
        value = each.context.get("allowPrivilegeEscalation")
        if value is None:
            message = f"expected {each.name} to set securityContext.allowPrivilegeEscalation: false, got nothing"
            yield Violation(each.path, message)
        elif value is True:
            path = each.field("allowPrivilegeEscalation")
            yield Violation(path, f"expected allowPrivilegeEscalation: false in {each.name}, got true")


def capabilities(pod: Pod, version: int) -> Iterator[Violation]:
    if version < _CAPABILITIES_SINCE or is_for_windows(pod, version):
        return
    for each in secured_containers(pod):
        dropped = items(each.context, "capabilities", "drop")
        if "ALL" not in dropped:
            path = each.field("capabilities", "drop") if dropped else each.path
            got = show(dropped) if dropped else "nothing"
            yield Violation(path, f"expected {each.name} to set securityContext.capabilities.drop: [ALL], got {got}")
    yield from baseline.added_beyond(pod, frozenset({"NET_BIND_SERVICE"}), "no capability but NET_BIND_SERVICE")


def run_as_non_root(pod: Pod, version: int) -> Iterator[Violation]:
    if is_in_user_namespace(pod, version):
        return
    wrong = False
    for each in secured(pod):
        if each.context.get("runAsNonRoot") is False:
            wrong = True
            yield Violation(each.field("runAsNonRoot"), f"expected runAsNonRoot: true in {each.name}, got false")
    if not wrong and secured_pod(pod).context.get("runAsNonRoot") is None:
        yield from _lacking(pod, "runAsNonRoot", "securityContext.runAsNonRoot: true")


def run_as_user(pod: Pod, version: int) -> Iterator[Violation]:
    if version < _RUN_AS_USER_SINCE or is_in_user_namespace(pod, version):
        return
    for each in secured(pod):
        user = each.context.get("runAsUser")
        if user == 0 and not isinstance(user, bool):
            yield Violation(each.field("runAsUser"), f"expected {each.name} to run as a user other than root, got 0")


def seccomp(pod: Pod, version: int) -> Iterator[Violation]:
    if version < _SECCOMP_SINCE or is_for_windows(pod, version):
        return
    wrong = list(baseline.seccomp(pod, version))
    yield from wrong
    if not wrong and not mapping(secured_pod(pod).context, "seccompProfile"):
        yield from _lacking(pod, "seccompProfile", "securityContext.seccompProfile.type: RuntimeDefault")


def _lacking(pod: Pod, field: str, expected: str) -> Iterator[Violation]:
    """Find the containers that lack a field which neither they nor their pod set; the pod where all of them do."""
    containers = secured_containers(pod)
    lacking = [each for each in containers if each.context.get(field) is None]
    for each in [secured_pod(pod)] if lacking and lacking == containers else lacking:
        yield Violation(each.path, f"expected {each.name} to set {expected}, got nothing")


def proc_mount(pod: Pod, version: int) -> Iterator[Violation]:
    if version >= _PROC_MOUNT_SINCE:
        yield from baseline.unmasked_proc(pod)


CHECKS: tuple[Check, ...] = (
    volumes,
    escalation,
    capabilities,
    run_as_non_root,
    run_as_user,
    seccomp,
    proc_mount,
)

# The checks of baseline that restricted has a stricter one for, by the minor version that it has it since.
INSTEAD_OF: dict[Check, int] = {
    baseline.added_capabilities: _CAPABILITIES_SINCE,
    baseline.host_path_volumes: 0,
    baseline.proc_mount: _PROC_MOUNT_SINCE,
    baseline.seccomp: _SECCOMP_SINCE,
}
