"""Pods for the standard of pod security: one that fits it, and what becomes of it with each of the fields it looks at.

Each change is made in each place that has the field: the pod, its containers, its init containers. There is no chance
in it.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from conformance.kubernetes.mutation import DELETE, apply, dotted, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Changes = tuple[tuple[str, Any], ...]

_CONTAINERS = ("spec.containers[0]", "spec.containers[1]", "spec.initContainers[0]", "spec.initContainers[1]")
_ENDING = "spec.initContainers[0]"  # nobody asks a container that ends
_APPARMOR = 'metadata.annotations["container.apparmor.security.beta.kubernetes.io/a"]'
_SECCOMP = "seccomp.security.alpha.kubernetes.io"
_SECCOMP_ANNOTATIONS = {
    f"{_SECCOMP}/pod": ("runtime/default", "docker/default", "unconfined", "localhost/profile"),
    f"container.{_SECCOMP}/a": ("runtime/default", "unconfined", "localhost/profile"),
    f"container.{_SECCOMP}/other": ("unconfined",),
}
_LOCAL = {"type": "Localhost", "localhostProfile": "profile"}

# Of the pod as a whole.
_POD: dict[str, list[Any]] = {
    "spec.hostNetwork": [True, False],
    "spec.hostPID": [True, False],
    "spec.hostIPC": [True, False],
    "spec.hostUsers": [True],
    "spec.os": [{"name": "linux"}],
    "spec.securityContext": [DELETE, None, {}],
    "spec.securityContext.sysctls": [
        [{"name": name, "value": "1"}]
        for name in (
            "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem", "net.core.somaxconn", "kernel.msgmax",
            "net/ipv4/tcp_syncookies",
        )
    ] + [[]],
    _APPARMOR: ["runtime/default", "unconfined", "localhost/profile"],
}  # fmt: skip
# Of the pod and of each container.
_BOTH: dict[str, list[Any]] = {
    "appArmorProfile": [{"type": "RuntimeDefault"}, {"type": "Unconfined"}, _LOCAL],
    "runAsNonRoot": [True, False, None, DELETE],
    "runAsUser": [0, 1, 1000],
    "seLinuxOptions": [
        *({"type": name} for name in ("container_t", "container_init_t", "container_kvm_t", "container_engine_t")),
        *({"type": "spc_t"}, {"type": ""}, {"user": "u"}, {"role": "r"}, {"level": "s0"}, {"user": "", "role": ""}, {}),
    ],
    "seccompProfile": [{"type": "RuntimeDefault"}, {"type": "Unconfined"}, _LOCAL, None, DELETE],
    "windowsOptions": [{"hostProcess": False}, {"runAsUserName": "u"}, {}],
}
_OF_CONTAINER: dict[str, list[Any]] = {
    "securityContext": [None, {}, DELETE],
    "securityContext.allowPrivilegeEscalation": [True, None, DELETE],
    "securityContext.capabilities": [
        *(None, {}, DELETE, {"drop": []}, {"drop": ["all"]}, {"drop": ["NET_RAW"]}, {"drop": ["KILL", "ALL"]}),
        *({"drop": ["ALL"], "add": [name]} for name in (
            "AUDIT_WRITE", "CAP_CHOWN", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_ADMIN",
            "NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_ADMIN", "SYS_CHROOT", "chown",
        )),
        {"add": ["CHOWN"]}, {"drop": ["ALL"], "add": ["NET_BIND_SERVICE", "SYS_TIME"]}, {"drop": ["ALL"], "add": []},
    ],
    "securityContext.privileged": [False],
    "securityContext.procMount": ["Default"],
    "ports": [[{"containerPort": 80, "hostPort": number}] for number in (0, 80)] + [[{"containerPort": 80}]],
}  # fmt: skip
_CALLS = ("livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop")
_VOLUMES: tuple[Mapping[str, Any], ...] = (
    {}, {"emptyDir": None}, {"emptyDir": {}}, {"hostPath": {"path": "/x"}}, {"nfs": {"server": "s", "path": "/p"}},
    {"configMap": {"name": "c"}}, {"secret": {"secretName": "s"}}, {"projected": {"sources": []}},
    {"csi": {"driver": "d.x"}}, {"persistentVolumeClaim": {"claimName": "c"}}, {"downwardAPI": {}},
    {"image": {"reference": "a:1"}}, {"flexVolume": {"driver": "a/b"}}, {"fc": {"targetWWNs": ["x"], "lun": 0}},
    {"iscsi": {"targetPortal": "192.0.2.1", "iqn": "iqn.2001-04.com.example:x", "lun": 0}},
    {"rbd": {"monitors": ["m"], "image": "i"}}, {"glusterfs": {"endpoints": "e", "path": "p"}},
    {"awsElasticBlockStore": {"volumeID": "x"}}, {"azureFile": {"secretName": "x", "shareName": "share"}},
    {"azureDisk": {"diskName": "x", "diskURI": "https://b.blob/x"}}, {"cephfs": {"monitors": ["m"]}},
    {"gitRepo": {"repository": "x"}}, {"gcePersistentDisk": {"pdName": "x"}}, {"cinder": {"volumeID": "x"}},
    {"portworxVolume": {"volumeID": "x"}}, {"quobyte": {"registry": "r:1", "volume": "v"}},
    {"ephemeral": {"volumeClaimTemplate": {"spec": {
        "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}},
    }}}},
)  # fmt: skip
# What only together says something, or is refused for another reason alone.
_TOGETHER: dict[str, dict[str, Any]] = {
    "privileged": {"securityContext.privileged": True, "securityContext.allowPrivilegeEscalation": DELETE},
    "added-all": {"securityContext.capabilities": {"drop": ["ALL"], "add": ["ALL"]}},
    "own-user": {"securityContext.runAsNonRoot": True, "securityContext.runAsUser": 1000},
}
_OF_USERS: dict[str, Any] = {
    "spec.securityContext.runAsUser": 0,
    "spec.securityContext.runAsNonRoot": False,
    "spec.containers[0].securityContext.procMount": "Unmasked",
    "spec.initContainers[0].securityContext.runAsUser": 0,
    "spec.containers[1].securityContext.runAsNonRoot": False,
    "spec.containers[0].securityContext.allowPrivilegeEscalation": DELETE,
}
_WINDOWS: Changes = (
    ("spec.os", {"name": "windows"}),
    ("spec.securityContext", {"runAsNonRoot": True}),
    *((f"{container}.securityContext", DELETE) for container in _CONTAINERS),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A pod, with what was changed to make it."""

    id: str
    document: dict[str, Any]


def generated_pods() -> Iterator[Made]:
    """Give the pods, each once, the one that fits first."""
    yield Made("good", fitting())
    seen = {json.dumps(fitting())}
    for name, changes in _changes():
        pod = fitting()
        for place, value in changes:
            _change(pod, place, value)
        text = json.dumps(pod)
        if text not in seen:
            seen.add(text)
            yield Made(name, pod)


def fitting() -> dict[str, Any]:
    """Give a pod that fits the restricted standard in every version."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "pod", "annotations": {}},
        "spec": {
            "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
            "containers": [_container("a"), _container("b")],
            "initContainers": [_container("c"), {**_container("d"), "restartPolicy": "Always"}],
            "volumes": [{"name": "v", "emptyDir": {}}],
        },
    }


def _container(name: str) -> dict[str, Any]:
    context = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    return {"name": name, "image": "a:1.0", "securityContext": context}


def _changes() -> Iterator[tuple[str, Changes]]:
    for place, values in _single().items():
        for value in values:
            yield _named(((place, value),))
    for number, volume in enumerate(_VOLUMES):
        yield f"volume {number}: {next(iter(volume), 'none')}", (("spec.volumes[1]", {"name": "w", **volume}),)
    for container in _CONTAINERS:
        for name, changes in _TOGETHER.items():
            yield f"{name} in {container}", tuple((f"{container}.{place}", value) for place, value in changes.items())
    yield from _calls()
    yield from _said_elsewhere()
    yield from _of_users()
    yield from _of_windows()


def _calls() -> Iterator[tuple[str, Changes]]:
    """Give pods whose containers are asked, themselves or another host."""
    calls = [f"{container}.{call}" for container in _CONTAINERS if container != _ENDING for call in _CALLS]
    for place, action, host in product(calls, ("httpGet", "tcpSocket"), ("", "192.0.2.1")):
        yield _named(((f"{place}.{action}", {"port": 80, "host": host}),))


def _said_elsewhere() -> Iterator[tuple[str, Changes]]:
    """Give pods of which it is not the pod's own fields that say what they give up."""
    contexts = [f"{container}.securityContext" for container in _CONTAINERS]
    for (field, value), count in product((("runAsNonRoot", True), ("seccompProfile", _LOCAL)), range(1, 5)):
        own = tuple((f"{context}.{field}", value) for context in contexts[:count])
        yield _named(((f"spec.securityContext.{field}", DELETE), *own))
    # A server takes an annotation and a field only where they say the same.
    for key, values in _SECCOMP_ANNOTATIONS.items():
        for value in values:
            yield _named((("spec.securityContext.seccompProfile", DELETE), (f'metadata.annotations["{key}"]', value)))


def _single() -> dict[str, list[Any]]:
    found = dict(_POD)
    for field, values in _BOTH.items():
        for whose in ("spec", *_CONTAINERS):
            found[f"{whose}.securityContext.{field}"] = values
    for container in _CONTAINERS:
        found |= {f"{container}.{field}": values for field, values in _OF_CONTAINER.items()}
    return found


def _of_users() -> Iterator[tuple[str, Changes]]:
    """Give pods with users of their own, which may be more than others."""
    for count in (0, 1, 2):
        for changes in combinations(_OF_USERS.items(), count):
            yield _named((("spec.hostUsers", False), *changes))


def _of_windows() -> Iterator[tuple[str, Changes]]:
    """Give pods for Windows, which has no part of what Linux has."""
    options = {"hostProcess": True}
    yield "windows", _WINDOWS
    yield "windows as root", (*_WINDOWS, ("spec.securityContext", {}))
    for whose in ("spec", *_CONTAINERS):
        for value in ({"hostProcess": False}, {"runAsUserName": "u"}):
            yield f"windows: {whose} {value}", (*_WINDOWS, (f"{whose}.securityContext.windowsOptions", value))
    yield (
        "windows: of the host",
        (
            *_WINDOWS,
            ("spec.hostNetwork", True),
            ("spec.securityContext.windowsOptions", options),
        ),
    )
    yield "windows: host path", (*_WINDOWS, ("spec.volumes[0]", {"name": "v", "hostPath": {"path": "/x"}}))


def _named(changes: Changes) -> tuple[str, Changes]:
    return ", ".join(f"{place}={'-' if value is DELETE else value}" for place, value in changes), changes


def _change(pod: dict[str, Any], place: str, value: Any) -> None:
    path = parsed(place)
    assert dotted(path) == place, place
    if value is DELETE:
        parent: Any = pod
        for part in path[:-1]:
            parent = parent.get(part, {}) if isinstance(parent, dict) else parent[part]
        if path[-1] not in parent:
            return
    apply(pod, path, deepcopy(value) if value is not DELETE else DELETE)
