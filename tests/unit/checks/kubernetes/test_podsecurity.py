"""Pods are held to the standard as Pod Security Admission holds them: these verdicts are those of a real server."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from itdo_platform_gen.checks.check import check_rules
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.checks.world import World
from itdo_platform_gen.render.document import Document, NodeOrigins
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.mark import Text

_PREFIX = "pod-security.kubernetes.io/"
_CONTEXT = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
_POD: dict[str, Any] = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "p", "namespace": "dev", "annotations": {}},
    "spec": {
        "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [{"name": "a", "image": "a:1.0", "securityContext": _CONTEXT}],
    },
}
_APP = "spec.containers[0]"
_OWN = f"{_APP}.securityContext"


def _pod(**changes: object) -> dict[str, Any]:
    """Give a pod that restricted has nothing against, but for some parts: `c_` of its container, `s_` of its context.

    `p_` is of the pod's own context, `m_` of the metadata, the rest of the spec; None takes a part away.
    """
    pod = deepcopy(_POD)
    spec = pod["spec"]
    app = spec["containers"][0]
    places = {"c_": app, "s_": app["securityContext"], "p_": spec["securityContext"], "m_": pod["metadata"]}
    for key, value in changes.items():
        holder = places.get(key[:2], spec)
        name = key[2:] if key[:2] in places else key
        if value is None:
            holder.pop(name, None)
        else:
            holder[name] = value
    return pod


def _document(data: object) -> Document:
    return Document(data, "a.yaml", NodeOrigins(compose(Text("a.yaml", json.dumps(data)))[0].node))


def _found(pod: dict[str, Any], level: str, version: str = "latest", kubernetes: str = "1.36") -> list[tuple[str, str]]:
    labels = {f"{_PREFIX}enforce": level, f"{_PREFIX}enforce-version": version}
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "dev", "labels": labels}}
    world = World([_document(namespace), _document(pod)], kubernetes)
    found = [d for d in check_rules(world) if d.code in {"K8S180", "K8S181", "K8S182"}]
    return [(d.code, d.path or "") for d in found]


_PROBE = {"httpGet": {"port": 80, "host": "10.0.0.1"}}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"hostNetwork": True}, "spec.hostNetwork"),
        ({"hostPID": True}, "spec.hostPID"),
        ({"hostIPC": True}, "spec.hostIPC"),
        ({"s_privileged": True}, f"{_OWN}.privileged"),
        ({"p_windowsOptions": {"hostProcess": True}}, "spec.securityContext.windowsOptions.hostProcess"),
        ({"c_ports": [{"containerPort": 1}, {"containerPort": 2, "hostPort": 2}]}, f"{_APP}.ports[1].hostPort"),
        ({"s_appArmorProfile": {"type": "Unconfined"}}, f"{_OWN}.appArmorProfile.type"),
        ({"p_seLinuxOptions": {"type": "spc_t"}}, "spec.securityContext.seLinuxOptions.type"),
        ({"s_seLinuxOptions": {"user": "u"}}, f"{_OWN}.seLinuxOptions.user"),
        ({"s_seLinuxOptions": {"role": "r"}}, f"{_OWN}.seLinuxOptions.role"),
        ({"p_sysctls": [{"name": "kernel.msgmax", "value": "1"}]}, "spec.securityContext.sysctls[0].name"),
        ({"c_livenessProbe": _PROBE}, f"{_APP}.livenessProbe.httpGet.host"),
        ({"c_lifecycle": {"preStop": _PROBE}}, f"{_APP}.lifecycle.preStop.httpGet.host"),
    ],
)
def test_what_reaches_into_the_node_breaks_both_levels(changes: dict[str, object], path: str) -> None:
    assert _found(_pod(**changes), "baseline") == [("K8S180", path)]
    assert _found(_pod(**changes), "restricted") == [("K8S180", path)]
    assert _found(_pod(**changes), "privileged") == []


def test_an_annotation_may_not_take_apparmor_away() -> None:
    key = "container.apparmor.security.beta.kubernetes.io/a"
    assert _found(_pod(m_annotations={key: "localhost/mine"}), "baseline") == []
    [(code, path)] = _found(_pod(m_annotations={key: "unconfined"}), "baseline")
    assert code == "K8S180"
    assert key in path


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"volumes": [{"name": "v", "hostPath": {"path": "/x"}}]}, "spec.volumes[0].hostPath"),
        ({"s_capabilities": {"drop": ["ALL"], "add": ["SYS_ADMIN"]}}, f"{_OWN}.capabilities.add[0]"),
        ({"s_procMount": "Unmasked"}, f"{_OWN}.procMount"),
        ({"p_seccompProfile": {"type": "Unconfined"}}, "spec.securityContext.seccompProfile.type"),
    ],
)
def test_what_both_levels_forbid_in_their_own_way_is_found_once(changes: dict[str, object], path: str) -> None:
    assert _found(_pod(**changes), "baseline") == [("K8S180", path)]
    assert _found(_pod(**changes), "restricted") == [("K8S181", path)]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"volumes": [{"name": "v", "nfs": {"server": "s", "path": "/"}}]}, "spec.volumes[0].nfs"),
        ({"s_allowPrivilegeEscalation": None}, _APP),
        ({"s_allowPrivilegeEscalation": True}, f"{_OWN}.allowPrivilegeEscalation"),
        ({"s_capabilities": {"drop": ["all"]}}, f"{_OWN}.capabilities.drop"),
        ({"s_capabilities": None}, _APP),
        ({"s_capabilities": {"drop": ["ALL"], "add": ["CHOWN"]}}, f"{_OWN}.capabilities.add[0]"),
        ({"p_runAsNonRoot": None}, "spec"),
        ({"p_runAsNonRoot": False}, "spec.securityContext.runAsNonRoot"),
        ({"s_runAsNonRoot": False}, f"{_OWN}.runAsNonRoot"),
        ({"s_runAsUser": 0}, f"{_OWN}.runAsUser"),
        ({"p_seccompProfile": None}, "spec"),
    ],
)
def test_what_a_pod_has_to_give_up_breaks_only_restricted(changes: dict[str, object], path: str) -> None:
    assert _found(_pod(**changes), "baseline") == []
    assert _found(_pod(**changes), "restricted") == [("K8S181", path)]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"hostNetwork": False},
        {"c_ports": [{"containerPort": 1, "hostPort": 0}]},
        {"volumes": [{"name": "v"}, {"name": "w", "emptyDir": {}}, {"name": "x", "secret": {"secretName": "s"}}]},
        {"s_capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}},
        {"p_runAsNonRoot": None, "s_runAsNonRoot": True},
        {"p_seccompProfile": None, "s_seccompProfile": {"type": "Localhost", "localhostProfile": "x"}},
        {"c_livenessProbe": {"httpGet": {"port": 80, "host": ""}}},
        {"hostUsers": False, "p_runAsNonRoot": None, "s_runAsUser": 0},
        {"os": {"name": "windows"}, "p_seccompProfile": None, "c_securityContext": {}},
    ],
)
def test_what_restricted_has_nothing_against(changes: dict[str, object]) -> None:
    assert _found(_pod(**changes), "restricted") == []


@pytest.mark.parametrize(
    ("changes", "last_without", "first_with"),
    [
        ({"p_sysctls": [{"name": "net.ipv4.tcp_rmem", "value": "1"}]}, "v1.31", "v1.32"),
        ({"p_seLinuxOptions": {"type": "container_engine_t"}}, "v1.30", "v1.31"),
        ({"hostUsers": False, "s_procMount": "Unmasked"}, "v1.34", "v1.35"),
    ],
)
def test_a_later_version_of_the_standard_allows_more(
    changes: dict[str, object], last_without: str, first_with: str
) -> None:
    assert len(_found(_pod(**changes), "baseline", last_without)) == 1
    assert _found(_pod(**changes), "baseline", first_with) == []


def test_a_server_knows_no_later_standard_than_its_own() -> None:
    pod = _pod(c_livenessProbe=_PROBE)
    assert _found(pod, "baseline", "v1.33") == []
    assert len(_found(pod, "baseline", "v1.99")) == 1
    assert _found(pod, "baseline", "v1.99", kubernetes="1.33") == []
    assert _found(pod, "baseline", "latest", kubernetes="1.33") == []


def test_old_standards_look_at_annotations() -> None:
    pod = _pod(m_annotations={"seccomp.security.alpha.kubernetes.io/pod": "unconfined"})
    assert [code for code, _ in _found(pod, "baseline", "v1.18")] == ["K8S180"]
    assert _found(pod, "baseline", "v1.19") == []


def test_containers_that_lack_what_others_have_are_named_one_by_one() -> None:
    pod = _pod(p_runAsNonRoot=None, s_runAsNonRoot=True)
    pod["spec"]["initContainers"] = [{"name": "i", "image": "i:1.0", "securityContext": _CONTEXT}]
    assert _found(pod, "restricted") == [("K8S181", "spec.initContainers[0]")]


def test_the_pods_of_a_workload_fail() -> None:
    job = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "j"}, "spec": {"template": _pod(hostPID=True)}}
    [found] = [d for d in check_rules(World([_document(job)], "1.36", "restricted")) if d.code == "K8S180"]
    assert (found.effect, found.path) == ("fails", "spec.template.spec.hostPID")
    assert found.message == "restricted pod security: expected no hostPID, got true"
    assert [d for d in check_rules(World([_document(job)], "1.36")) if d.code == "K8S180"] == []


@pytest.mark.parametrize(
    ("label", "value", "found"),
    [
        ("enforce", "strict", "refused"),
        ("enforce", "", "refused"),
        ("warn", "Baseline", "refused"),
        ("enforce-version", "1.36", "refused"),
        ("audit-version", "v1.36.1", "refused"),
        ("enforce-version", "v1.01", "refused"),
        ("enforce-version", "v1.9999999999999999999999", "refused"),
        ("enforced", "baseline", "advice"),
        ("enforce-version", "v1.999", None),
        ("audit", "privileged", None),
    ],
)
def test_labels_say_a_level_and_a_version(label: str, value: str, found: str | None) -> None:
    metadata = {"name": "dev", "labels": {_PREFIX + label: value}}
    text = json.dumps({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata})
    _, diagnostics = validate([Text("a.yaml", text)])
    assert [d.effect for d in diagnostics if d.code == "K8S182"] == ([found] if found else [])


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"hostNetwork": True}, "spec.hostNetwork"),
        ({"s_privileged": True}, f"{_OWN}.privileged"),
        ({"volumes": [{"name": "v", "hostPath": {"path": "/"}}]}, "spec.volumes[0].hostPath.path"),
        ({"volumes": [{"name": "v", "hostPath": {"path": "/run/docker.sock"}}]}, "spec.volumes[0].hostPath.path"),
        ({"volumes": [{"name": "v", "hostPath": {"path": "/var/log/app"}}]}, None),
    ],
)
def test_reaching_into_the_node_is_noticed_where_nobody_decided(changes: dict[str, object], path: str | None) -> None:
    documents = [_document(_pod(**changes))]
    found = [d for d in check_rules(World(documents, "1.36")) if d.code == "K8S195"]
    assert [(d.path, d.severity) for d in found] == ([(path, "notice")] if path else [])
    assert [d for d in check_rules(World(documents, "1.36", "privileged")) if d.code == "K8S195"] == []


def _refused(pod: dict[str, Any], code: str) -> list[str | None]:
    return [d.path for d in check_rules(World([_document(pod)], "1.36")) if d.code == code]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"hostUsers": False, "hostPID": True}, "spec.hostPID"),
        ({"hostUsers": False, "hostNetwork": True}, "spec.hostNetwork"),
        ({"hostPID": True, "shareProcessNamespace": True}, "spec.shareProcessNamespace"),
        ({"s_procMount": "Unmasked"}, f"{_OWN}.procMount"),
        ({"s_capabilities": {"add": ["CAP_SYS_ADMIN"]}}, f"{_OWN}.allowPrivilegeEscalation"),
        ({"s_privileged": True}, f"{_OWN}.allowPrivilegeEscalation"),
        ({"s_windowsOptions": {"hostProcess": True}}, "spec"),
        ({"hostNetwork": True, "s_windowsOptions": {"hostProcess": True}}, None),
        ({"hostUsers": False, "s_procMount": "Unmasked"}, None),
        ({"s_capabilities": {"add": ["SYS_ADMIN"]}}, None),
    ],
)
def test_rights_exclude_each_other(changes: dict[str, object], path: str | None) -> None:
    assert _refused(_pod(**changes), "K8S184") == ([path] if path else [])


def test_containers_agree_with_their_pod_on_host_processes() -> None:
    windows = {"windowsOptions": {"hostProcess": True}}
    pod = _pod(hostNetwork=True, p_windowsOptions=windows["windowsOptions"], s_windowsOptions={"hostProcess": False})
    assert _refused(pod, "K8S184") == [f"{_OWN}.windowsOptions.hostProcess"]
    pod = _pod(hostNetwork=True, s_windowsOptions=windows["windowsOptions"])
    pod["spec"]["containers"].append({"name": "b", "image": "b:1.0"})
    assert _refused(pod, "K8S184") == ["spec"]


@pytest.mark.parametrize(
    ("system", "changes", "path"),
    [
        ("windows", {"p_fsGroup": 1}, "spec.securityContext.fsGroup"),
        ("windows", {"hostUsers": True}, "spec.hostUsers"),
        ("windows", {"hostPID": True}, "spec.hostPID"),
        ("windows", {"p_sysctls": [], "hostPID": False}, None),
        ("windows", {"p_windowsOptions": {}}, None),
        ("linux", {"p_windowsOptions": {}}, "spec.securityContext.windowsOptions"),
        ("linux", {"p_fsGroup": 1}, None),
    ],
)
def test_a_pod_sets_nothing_of_another_system(system: str, changes: dict[str, object], path: str | None) -> None:
    given: dict[str, object] = {"p_seccompProfile": None, "c_securityContext": {}} if system == "windows" else {}
    assert _refused(_pod(os={"name": system}, **given, **changes), "K8S183") == ([path] if path else [])
