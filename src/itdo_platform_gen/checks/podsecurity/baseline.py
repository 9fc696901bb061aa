"""Baseline: what no pod may ask for that is not trusted with its node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.podsecurity.violation import (
    Violation,
    is_in_user_namespace,
    secured,
    secured_containers,
    secured_pod,
)
from itdo_platform_gen.checks.reading import items, mapping, mappings, text
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.podsecurity.violation import Check

PROFILES = ("RuntimeDefault", "Localhost")
_DEFAULT_CAPABILITIES = frozenset(
    {
        "AUDIT_WRITE",
        "CHOWN",
        "DAC_OVERRIDE",
        "FOWNER",
        "FSETID",
        "KILL",
        "MKNOD",
        "NET_BIND_SERVICE",
        "SETFCAP",
        "SETGID",
        "SETPCAP",
        "SETUID",
        "SYS_CHROOT",
    }
)
# By the minor version that first allows them.
_SYSCTLS = {
    0: "kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.tcp_syncookies net.ipv4.ping_group_range "
    "net.ipv4.ip_unprivileged_port_start",
    27: "net.ipv4.ip_local_reserved_ports",
    29: "net.ipv4.tcp_keepalive_time net.ipv4.tcp_fin_timeout net.ipv4.tcp_keepalive_intvl "
    "net.ipv4.tcp_keepalive_probes",
    32: "net.ipv4.tcp_rmem net.ipv4.tcp_wmem",
}
_SELINUX_TYPES = {0: "container_t container_init_t container_kvm_t", 31: "container_engine_t"}
_APPARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/"
_SECCOMP_FIELDS_SINCE = 19
_PROBE_HOSTS_SINCE = 34


def host_namespaces(pod: Pod, _version: int) -> Iterator[Violation]:
    for field in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.spec.get(field) is True:
            yield Violation((*pod.spec_path, field), f"expected no {field}, got true")


def privileged(pod: Pod, _version: int) -> Iterator[Violation]:
    for each in secured_containers(pod):
        if each.context.get("privileged") is True:
            yield Violation(each.field("privileged"), f"expected {each.name} to be unprivileged, got privileged: true")


def host_process(pod: Pod, _version: int) -> Iterator[Violation]:
    for each in secured(pod):
        if mapping(each.context, "windowsOptions").get("hostProcess") is True:
            path = each.field("windowsOptions", "hostProcess")
            yield Violation(path, f"expected {each.name} not to be a process of the host, got hostProcess: true")


def added_capabilities(pod: Pod, _version: int) -> Iterator[Violation]:
    yield from added_beyond(pod, _DEFAULT_CAPABILITIES, "only default capabilities")


def added_beyond(pod: Pod, allowed: frozenset[str], expected: str) -> Iterator[Violation]:
    """Find the containers that add capabilities beyond those allowed."""
    for each in secured_containers(pod):
        added = items(each.context, "capabilities", "add")
        # null stands for an empty name, which is none that is allowed.
        names = enumerate("" if name is None else name for name in added)
        beyond = [(index, name) for index, name in names if isinstance(name, str) and name not in allowed]
        if beyond:
            got = ", ".join(name or '""' for _, name in beyond)
            path = each.field("capabilities", "add", beyond[0][0])
            yield Violation(path, f"expected {each.name} to add {expected}, got {got}")


def host_path_volumes(pod: Pod, _version: int) -> Iterator[Violation]:
    for index, volume in mappings(pod.spec, "volumes"):
        if volume.get("hostPath") is not None:
            message = f"expected no volume to be a folder of the node, got hostPath in volume {volume.get('name')}"
            yield Violation((*pod.spec_path, "volumes", index, "hostPath"), message)


def host_ports(pod: Pod, _version: int) -> Iterator[Violation]:
    for path, container in pod.containers():
        for index, port in mappings(container, "ports"):
            if port.get("hostPort"):
                message = f"expected no port of the node to be taken, got hostPort: {show(port['hostPort'])}"
                yield Violation((*path, "ports", index, "hostPort"), message)


def apparmor(pod: Pod, _version: int) -> Iterator[Violation]:
    for each in secured(pod):
        kind = mapping(each.context, "appArmorProfile").get("type")
        if isinstance(kind, str) and kind not in PROFILES:
            path = each.field("appArmorProfile", "type")
            yield Violation(path, f"expected the AppArmor profile of {each.name} to be {_one_of(PROFILES)}, got {kind}")
    for key, value in mapping(pod.metadata, "annotations").items():
        if str(key).startswith(_APPARMOR_ANNOTATION) and value != "":
            yield from _profile_annotation(pod, key, value, ("runtime/default",))


def selinux(pod: Pod, version: int) -> Iterator[Violation]:
    allowed = _by_version(_SELINUX_TYPES, version)
    for each in secured(pod):
        options = mapping(each.context, "seLinuxOptions")
        kind = text(options, "type")
        if kind and kind not in allowed:
            path = each.field("seLinuxOptions", "type")
            yield Violation(path, f"expected the SELinux type of {each.name} to be {_one_of(allowed)}, got {kind}")
        for field in ("user", "role"):
            if text(options, field):
                message = f"expected no SELinux {field} for {each.name}, got {options[field]}"
                yield Violation(each.field("seLinuxOptions", field), message)


def proc_mount(pod: Pod, version: int) -> Iterator[Violation]:
    if not is_in_user_namespace(pod, version):
        yield from unmasked_proc(pod)


def unmasked_proc(pod: Pod) -> Iterator[Violation]:
    """Find the containers that see more of /proc than is usual."""
    for each in secured_containers(pod):
        mount = each.context.get("procMount")
        if isinstance(mount, str) and mount != "Default":
            yield Violation(each.field("procMount"), f"expected procMount of {each.name} to be Default, got {mount}")


def seccomp(pod: Pod, version: int) -> Iterator[Violation]:
    if version < _SECCOMP_FIELDS_SINCE:
        yield from _seccomp_annotations(pod)
        return
    for each in secured(pod):
        kind = mapping(each.context, "seccompProfile").get("type")
        if isinstance(kind, str) and kind not in PROFILES:
            path = each.field("seccompProfile", "type")
            yield Violation(path, f"expected the seccomp profile of {each.name} to be {_one_of(PROFILES)}, got {kind}")


def _seccomp_annotations(pod: Pod) -> Iterator[Violation]:
    names = [container.get("name") for _, container in pod.containers()]
    keys = [f"container.seccomp.security.alpha.kubernetes.io/{name}" for name in names]
    annotations = mapping(pod.metadata, "annotations")
    for key in ("seccomp.security.alpha.kubernetes.io/pod", *keys):
        yield from _profile_annotation(pod, key, annotations.get(key), ("runtime/default", "docker/default"))


def _profile_annotation(pod: Pod, key: str, value: object, allowed: tuple[str, ...]) -> Iterator[Violation]:
    if isinstance(value, str) and value not in allowed and not value.startswith("localhost/"):
        path = (*pod.path, "metadata", "annotations", key)
        yield Violation(path, f"expected runtime/default or localhost/PROFILE, got {show(value)}")


def sysctls(pod: Pod, version: int) -> Iterator[Violation]:
    allowed = _by_version(_SYSCTLS, version)
    for index, sysctl in mappings(secured_pod(pod).context, "sysctls"):
        name = sysctl.get("name")
        if isinstance(name, str) and name not in allowed:
            path = secured_pod(pod).field("sysctls", index, "name")
            yield Violation(path, f"expected a sysctl that is safe for the node, got {name}")


def probe_hosts(pod: Pod, version: int) -> Iterator[Violation]:
    if version < _PROBE_HOSTS_SINCE:
        return
    places = [(probe,) for probe in ("livenessProbe", "readinessProbe", "startupProbe")]
    handlers = [("lifecycle", handler) for handler in ("postStart", "preStop")]
    for path, container in pod.containers():
        for place in (*places, *handlers):
            for action in ("httpGet", "tcpSocket"):
                host = text(container, *place, action, "host")
                if host:
                    message = f"expected {'.'.join(place)} to ask the pod itself, got host {host}"
                    yield Violation((*path, *place, action, "host"), message)


def _by_version(names: dict[int, str], version: int) -> list[str]:
    return [name for since, added in names.items() if since <= version for name in added.split()]


def _one_of(names: tuple[str, ...] | list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


CHECKS: tuple[Check, ...] = (
    host_namespaces,
    privileged,
    host_process,
    added_capabilities,
    host_path_volumes,
    host_ports,
    apparmor,
    selinux,
    proc_mount,
    seccomp,
    sysctls,
    probe_hosts,
)
