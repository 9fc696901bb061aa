"""Fields that v1 left behind are told with what it has instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.checks.settings import Setting, Settings
from itdo_platform_gen.checks.validate import examine, validate
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic

TASK = """\
apiVersion: tekton.dev/{version}
kind: Task
metadata: {{name: build}}
spec: {{steps: [{{name: make, image: "a:1", command: [make], {more}}}]}}
"""
RUN = """\
apiVersion: tekton.dev/{version}
kind: PipelineRun
metadata: {{name: release}}
spec: {{pipelineRef: {{name: release}}, {more}}}
"""


@pytest.mark.parametrize(
    ("text", "more", "instead"),
    [
        (TASK, "resources: {requests: {memory: 1Gi}}", "computeResources"),
        (RUN, "serviceAccountName: ci", "taskRunTemplate: {serviceAccountName: …}"),
        (RUN, "podTemplate: {}", "taskRunTemplate: {podTemplate: …}"),
        (RUN, "timeout: 1h", "timeouts: {pipeline: …}"),
        (RUN, "taskRunSpecs: [{pipelineTaskName: a, taskPodTemplate: {}}]", "podTemplate"),
    ],
)
def test_a_field_of_v1beta1(text: str, more: str, instead: str) -> None:
    hints = {
        version: [d.hint for d in _found(text.format(version=version, more=more)) if "left behind" in d.message]
        for version in ("v1", "v1beta1")
    }
    assert hints == {"v1": [f"write {instead}"], "v1beta1": []}


@pytest.mark.parametrize("version", ["v1", "v1beta1"])
def test_a_bundle_is_refused_everywhere(version: str) -> None:
    text = RUN.format(version=version, more="").replace("name: release}, }", "name: release, bundle: example.com/b}}")
    effects = [d.effect for d in _found(text) if "left behind" in d.message]
    assert effects == ["refused"]


def _found(text: str) -> list[Diagnostic]:
    return [d for d in validate([Text("a.yaml", text)])[1] if d.code == "TKN180"]


NIGHTLY = """\
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: nightly}
spec:
  pipelineSpec: {tasks: [{name: a, taskRef: {name: b}}]}
  timeout: 1h
  timeuot: 1h
"""


def _errors(settings: Settings | None = None) -> list[str]:
    found = examine([Text("run.yaml", NIGHTLY)], ("1.36",), settings=settings).diagnostics
    return [f"{diagnostic.code} {diagnostic.path}" for diagnostic in found if diagnostic.is_error]


def test_the_rule_tells_it_instead_of_the_schema() -> None:
    assert _errors() == ["TKN180 spec.timeout", "K8S001 spec.timeuot"]


def test_where_the_rule_is_off_the_schema_still_tells_it() -> None:
    off = Settings(entries=(Setting("TKN180", "off", "ours is old"),))
    assert _errors(off) == ["K8S001 spec.timeout", "K8S001 spec.timeuot"]
