"""The restricted pod security standard (https://kubernetes.io/docs/concepts/security/pod-security-standards/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOLUMES = {
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
}
_CONTAINERS = ("containers", "initContainers", "ephemeralContainers")


def pod_specs(data: Any) -> Iterator[dict[str, Any]]:
    """Give every pod's spec in a document, wherever it stands."""
    if isinstance(data, list):
        for item in data:
            yield from pod_specs(item)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key == "spec" and isinstance(value, dict) and "containers" in value:
                yield value
            else:
                yield from pod_specs(value)


def restricted_faults(pod: dict[str, Any]) -> list[str]:
    """Give what of a pod's spec the restricted standard refuses."""
    faults = [key for key in ("hostNetwork", "hostPID", "hostIPC") if pod.get(key)]
    whole: dict[str, Any] = pod.get("securityContext") or {}
    faults += [f"volume {v['name']}" for v in pod.get("volumes", []) if not _VOLUMES & v.keys()]
    faults += [key for key in ("sysctls", "windowsOptions", "seLinuxOptions") if whole.get(key)]
    for container in [container for kind in _CONTAINERS for container in pod.get(kind, [])]:
        faults += [f"{container['name']}: {fault}" for fault in _container_faults(container, whole)]
    return faults


def _container_faults(container: dict[str, Any], whole: dict[str, Any]) -> Iterator[str]:
    own: dict[str, Any] = container.get("securityContext") or {}
    capabilities = own.get("capabilities") or {}
    seccomp = own.get("seccompProfile") or whole.get("seccompProfile") or {}
    probes = [container.get(f"{kind}Probe") or {} for kind in ("liveness", "readiness", "startup")]
    refused = {
        "privileged": own.get("privileged"),
        "allowPrivilegeEscalation is not false": own.get("allowPrivilegeEscalation") is not False,
        "capabilities.drop lacks ALL": "ALL" not in capabilities.get("drop", []),
        "capabilities.add": set(capabilities.get("add", [])) - {"NET_BIND_SERVICE"},
        "runAsNonRoot is not true": own.get("runAsNonRoot", whole.get("runAsNonRoot")) is not True,
        "runAsUser is 0": 0 in {own.get("runAsUser"), whole.get("runAsUser")},
        "seccompProfile is unset or unconfined": seccomp.get("type") not in {"RuntimeDefault", "Localhost"},
        "procMount": own.get("procMount", "Default") != "Default",
        "seLinuxOptions": own.get("seLinuxOptions"),
        "windowsOptions": own.get("windowsOptions"),
        "hostPort": any(port.get("hostPort") for port in container.get("ports", [])),
        "host of a probe": any(
            (probe.get(way) or {}).get("host") for probe in probes for way in ("httpGet", "tcpSocket")
        ),
    }
    return (fault for fault, holds in refused.items() if holds)
