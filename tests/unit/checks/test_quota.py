"""What a namespace's workloads ask for in sum fits its quota."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.mark import Text

CONTAINER = "{name: c, image: 'i:1', resources: {requests: {cpu: %s}}}"
POD = """\
---
apiVersion: v1
kind: Pod
metadata: {name: pod, namespace: dev}
spec:
"""


def _quota(hard: str, *, more: str = "") -> str:
    head = "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q, namespace: dev}\n"
    return f"{head}spec: {{hard: {{{hard}}}{more}}}\n"


def _plain(kind: str, namespace: str = "dev") -> str:
    return f"---\napiVersion: v1\nkind: {kind}\nmetadata: {{name: s, namespace: {namespace}}}\n"


def _workload(kind: str, spec: str, containers: str) -> str:
    version = "batch/v1" if kind == "Job" else "apps/v1"
    selector = "" if kind == "Job" else "selector: {matchLabels: {a: b}}, "
    pod = f"template: {{metadata: {{labels: {{a: b}}}}, spec: {{restartPolicy: Always, containers: [{containers}]}}}}"
    return (
        f"---\napiVersion: {version}\nkind: {kind}\nmetadata: {{name: w, namespace: dev}}\n"
        f"spec: {{{selector}{spec}{pod}}}\n"
    )


def _found(text: str) -> list[str]:
    _, found = validate([Text("a.yaml", text)])
    return [diagnostic.message for diagnostic in found if diagnostic.code == "K8S201"]


CLAIMS = (
    "serviceName: s, replicas: 2, volumeClaimTemplates: [{metadata: {name: v}, "
    "spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 2Gi}}}}], "
)


@pytest.mark.parametrize(
    ("hard", "documents", "messages"),
    [
        ("cpu: 1", _workload("Deployment", "replicas: 3, ", CONTAINER % 1), ["cpu: 3 asked for in sum, 1 allowed"]),
        ("requests.cpu: 1", _workload("Deployment", "replicas: 2, ", CONTAINER % "500m"), []),
        ("pods: 2", _workload("ReplicaSet", "replicas: 3, ", CONTAINER % 0), ["pods: 3 asked for in sum, 2 allowed"]),
        ("pods: 0", _workload("Deployment", "", CONTAINER % 0), ["pods: 1 asked for in sum, 0 allowed"]),
        ("pods: 2", _workload("Job", "parallelism: 3, ", CONTAINER % 0), ["pods: 3 asked for in sum, 2 allowed"]),
        (
            "persistentvolumeclaims: 1, requests.storage: 3Gi",
            _workload("StatefulSet", CLAIMS, CONTAINER % 0),
            [
                "persistentvolumeclaims: 2 asked for in sum, 1 allowed",
                "requests.storage: 4Gi asked for in sum, 3Gi allowed",
            ],
        ),
        ("services: 1", _plain("Service"), []),
        ("secrets: 0", _plain("Secret"), ["secrets: 1 asked for in sum, 0 allowed"]),
        ("configmaps: 0", _plain("ConfigMap", "other"), []),
    ],
)
def test_sums_are_compared_with_what_is_allowed(hard: str, documents: str, messages: list[str]) -> None:
    assert [text.partition(" (")[0] for text in _found(_quota(hard) + documents)] == messages


@pytest.mark.parametrize(
    ("pod", "total"),
    [
        (f"containers: [{CONTAINER % 1}, {CONTAINER % '250m'}]", "1250m"),
        (f"containers: [{CONTAINER % 1}]\n  initContainers: [{CONTAINER % 3}, {CONTAINER % 2}]", "3"),
        (
            f"containers: [{CONTAINER % 1}]\n  initContainers: [{{restartPolicy: Always, {(CONTAINER % 3)[1:]}]",
            "4",
        ),
        (f"overhead: {{cpu: 100m}}\n  containers: [{CONTAINER % 1}]", "1100m"),
        ("containers: [{name: c, image: 'i:1', resources: {limits: {cpu: 2}}}]", "2"),
    ],
)
def test_a_pod_asks_for_what_the_scheduler_counts(pod: str, total: str) -> None:
    (found,) = _found(f"{_quota('cpu: 100m')}{POD}  {pod}\n")
    assert found == f"cpu: {total} asked for in sum, 100m allowed (Pod/pod {total})"


def test_a_container_that_says_nothing_takes_what_limit_ranges_fill_in() -> None:
    limits = (
        "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: l, namespace: dev}\n"
        "spec: {limits: [{type: Container, defaultRequest: {cpu: 2}, default: {cpu: 4}}, {type: Pod, max: {cpu: 9}}]}\n"
    )
    pod = f"{POD}  containers: [{{name: c, image: 'i:1'}}]\n"
    assert _found(_quota("cpu: 1, limits.cpu: 3") + limits + pod) == [
        "cpu: 2 asked for in sum, 1 allowed (Pod/pod 2)",
        "limits.cpu: 4 asked for in sum, 3 allowed (Pod/pod 4)",
    ]
    assert not _found(_quota("cpu: 1") + pod)


def test_the_largest_are_named_and_the_rest_counted() -> None:
    pods = "".join(f"{POD.replace('name: pod', f'name: p{n}')}  containers: [{CONTAINER % n}]\n" for n in range(1, 7))
    (found,) = _found(_quota("cpu: 1") + pods)
    assert found == "cpu: 21 asked for in sum, 1 allowed (Pod/p6 6, Pod/p5 5, Pod/p4 4, Pod/p3 3 and 2 more)"


@pytest.mark.parametrize("more", [", scopes: [BestEffort]", ", scopeSelector: {matchExpressions: []}"])
def test_a_quota_for_some_pods_only_is_left_alone(more: str) -> None:
    assert not _found(_quota("pods: 0", more=more) + f"{POD}  containers: [{CONTAINER % 1}]\n")


def test_numbers_beyond_reason_are_no_fault_of_ours() -> None:
    job = _workload("Job", "parallelism: 2147483647, ", CONTAINER % "'1e999'")
    assert _found(_quota("cpu: 1") + job) == ["cpu: more than 1e36 asked for in sum, 1 allowed (Job/w more than 1e36)"]
