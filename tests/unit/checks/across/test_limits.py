"""LimitRanges and quotas refuse the pods that the server refuses (each of these was judged by a real one)."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.mark import Text

META = "metadata: {name: x, namespace: dev}"


def _found(policy: str, resources: str) -> list[tuple[str, str]]:
    container = f"{{name: c, image: 'i:1', resources: {{{resources}}}}}"
    pod = f"apiVersion: v1\nkind: Pod\n{META}\nspec: {{containers: [{container}]}}\n"
    _, found = validate([Text("a.yaml", f"{policy}---\n{pod}")])
    return [(d.code, d.path or "") for d in found if d.code in {"K8S211", "K8S212"}]


RESOURCES = "spec.containers[0].resources"


@pytest.mark.parametrize(
    ("limit", "resources", "path"),
    [
        ("type: Container, max: {memory: 1Gi}", "", None),
        ("type: Container, max: {memory: 1Gi}", "limits: {memory: 2Gi}", f"{RESOURCES}.limits.memory"),
        ("type: Container, default: {memory: 1Gi}", "requests: {memory: 2Gi}", f"{RESOURCES}.requests.memory"),
        ("type: Container, min: {memory: 64Mi}", "", None),
        ("type: Container, min: {memory: 64Mi}", "requests: {memory: 1Mi}", f"{RESOURCES}.requests.memory"),
        ("type: Container, min: {memory: 64Mi}", "limits: {memory: 1Mi}", f"{RESOURCES}.limits.memory"),
        ("type: Container, maxLimitRequestRatio: {memory: 2}", "", "spec.containers[0]"),
        ("type: Container, maxLimitRequestRatio: {memory: 2}", "limits: {memory: 1Gi}", None),
        ("type: Pod, max: {memory: 1Gi}", "limits: {memory: 2Gi}", "spec"),
        ("type: Pod, max: {memory: 1Gi}", "requests: {memory: 1Mi}", "spec"),
        ("type: Pod, max: {memory: 1Gi}", "limits: {memory: 1Gi}", None),
    ],
)
def test_a_pod_stays_within_the_limit_range(limit: str, resources: str, path: str | None) -> None:
    policy = f"apiVersion: v1\nkind: LimitRange\n{META}\nspec: {{limits: [{{{limit}}}]}}\n"
    assert _found(policy, resources) == ([("K8S211", path)] if path else [])


@pytest.mark.parametrize(
    ("hard", "resources", "refused"),
    [
        ("pods: 4", "", False),
        ("cpu: 4", "", True),
        ("cpu: 4", "limits: {cpu: 1}", False),
        ("limits.memory: 4Gi", "requests: {memory: 1Gi}", True),
        ("'requests.cpu': 4, 'limits.cpu': 8", "requests: {cpu: 1}", True),
    ],
)
def test_a_quota_asks_for_what_it_counts(*, hard: str, resources: str, refused: bool) -> None:
    policy = f"apiVersion: v1\nkind: ResourceQuota\n{META}\nspec: {{hard: {{{hard}}}}}\n"
    assert _found(policy, resources) == ([("K8S212", "spec.containers[0]")] if refused else [])
