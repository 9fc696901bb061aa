"""Pods that say which operating system they are for set no field of the other one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.podsecurity.violation import secured_containers, secured_pod
from itdo_platform_gen.checks.reading import text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_LINUX_OF_BOTH = ("appArmorProfile", "seLinuxOptions", "seccompProfile", "runAsUser", "runAsGroup")
_LINUX_OF_PODS = (
    "fsGroup",
    "fsGroupChangePolicy",
    "seLinuxChangePolicy",
    "supplementalGroups",
    "supplementalGroupsPolicy",
    "sysctls",
)
_LINUX_OF_CONTAINERS = (
    "allowPrivilegeEscalation",
    "capabilities",
    "privileged",
    "procMount",
    "readOnlyRootFilesystem",
)


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    system = text(pod.spec, "os", "name")
    foreign = {"linux": _of_windows, "windows": _of_linux}.get(system)
    for path in foreign(pod) if foreign else ():
        message = f"expected no {path[-1]}, since os.name is {system}; got one"
        yield Finding(pod.document, path, message, at_key=True)


def _of_windows(pod: Pod) -> Iterator[Path]:
    for each in (secured_pod(pod), *secured_containers(pod)):
        if each.context.get("windowsOptions") is not None:
            yield each.field("windowsOptions")


def _of_linux(pod: Pod) -> Iterator[Path]:
    for field in ("hostPID", "hostIPC"):
        if pod.spec.get(field) is True:
            yield (*pod.spec_path, field)
    for field in ("hostUsers", "shareProcessNamespace"):
        if pod.spec.get(field) is not None:
            yield (*pod.spec_path, field)
    own = secured_pod(pod)
    for field in (*_LINUX_OF_BOTH, *_LINUX_OF_PODS):
        value = own.context.get(field)
        if value is not None and (field, value) != ("sysctls", []):
            yield own.field(field)
    for each in secured_containers(pod):
        for field in (*_LINUX_OF_BOTH, *_LINUX_OF_CONTAINERS):
            if each.context.get(field) is not None:
                yield each.field(field)


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: app, namespace: dev}
spec:
  os: {name: linux}
  containers: [{name: app, image: "app:1.0", securityContext: {readOnlyRootFilesystem: true}}]
"""

RULE = Rule(
    code="K8S183",
    title="fields of another operating system",
    effect="refused",
    reason="A pod that says its operating system may not set what only the other one understands.",
    fix="leave the field out, or correct os.name",
    good=_GOOD,
    bad=_GOOD.replace("linux", "windows"),
    pod=_find,
)
