"""What stands of Kubernetes' own inside Tekton's documents: decoded by the webhook, and judged with the pod."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.mark import Text

_TASK = """\
apiVersion: tekton.dev/v1
kind: Task
metadata: {{name: build, namespace: ci}}
spec:
  volumes: [{{name: cache, emptyDir: {{}}}}]
  steps:
    - name: build
      image: registry.example.com/build:1.2.3
      command: [make]
      {step}
  sidecars:
    - name: registry
      image: registry.example.com/registry:2.8.3
      {sidecar}
"""


def _effects(step: str = "workingDir: /src", sidecar: str = "workingDir: /src") -> list[str]:
    _, found = validate([Text("task.yaml", _TASK.format(step=step, sidecar=sidecar))])
    return [diagnostic.effect for diagnostic in found if diagnostic.is_error]


def test_what_is_right_is_clean() -> None:
    assert _effects("env: [{name: A, value: b}]", "ports: [{containerPort: 80}]") == []


@pytest.mark.parametrize(
    "step",
    [
        "env: [{name: A, value: 5}]",
        "env: [{name: A, values: b}]",
        "env: {A: b}",
        "computeResources: {limits: {memory: 1 GB}}",
        "securityContext: {runAsUser: root}",
    ],
)
def test_what_go_cannot_decode_is_refused(step: str) -> None:
    assert _effects(step) == ["refused"]


@pytest.mark.parametrize(
    "step",
    [
        'env: [{name: "A=B", value: b}]',
        "env: [{value: b}]",
        "env: [{name: null, value: b}]",
        'computeResources: {limits: {memory: "-1"}}',
    ],
)
def test_what_kubernetes_asks_beside_keeps_the_pod_from_being_made(step: str) -> None:
    assert _effects(step) == ["fails"]


@pytest.mark.parametrize(("port", "effect"), [(70000, "fails"), (2**31, "refused")])
def test_a_number_that_go_has_no_room_for_is_refused(port: int, effect: str) -> None:
    assert _effects(sidecar=f"ports: [{{containerPort: {port}}}]") == [effect]


def test_a_pod_of_its_own_is_refused_by_the_server_that_is_sent_it() -> None:
    """The same fault in a document of Kubernetes itself."""
    pod = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec: {containers: [{name: web, image: "registry.example.com/web:1.2.3", env: [{name: "A=B", value: b}]}]}
"""
    _, found = validate([Text("pod.yaml", pod)])
    assert [diagnostic.effect for diagnostic in found if diagnostic.is_error] == ["refused"]
