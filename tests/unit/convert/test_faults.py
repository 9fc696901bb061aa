"""What cannot be converted is said at its line, and stays as it is, while the rest is converted."""

from __future__ import annotations

import pytest

from itdo_platform_gen.convert.convert import convert
from itdo_platform_gen.syntax.mark import Text

HEAD = "apiVersion: tekton.dev/v1beta1\nkind: {}\nmetadata: {{name: a}}\nspec:\n"
TASK, TASK_RUN, PIPELINE, RUN = map(HEAD.format, ("Task", "TaskRun", "Pipeline", "PipelineRun"))


def _told(yaml: str) -> list[tuple[int | None, str, str | None]]:
    conversion = convert(Text("a.yaml", yaml))
    assert (conversion.text.content, conversion.converted) == (yaml, ())
    assert [found for found in conversion.diagnostics if found.code < "CNV004" and not found.hint] == []
    return [(found.line, found.code, found.path) for found in conversion.diagnostics]


@pytest.mark.parametrize(
    ("yaml", "line", "path"),
    [
        (f"{TASK}  resources: {{inputs: []}}\n", 5, "spec.resources"),
        (f"{TASK}  steps: []\n  inputs: {{}}\n", 6, "spec.inputs"),
        (f"{TASK}  steps:\n  - image: a\n    tty: true\n", 7, "spec.steps[0].tty"),
        (f"{TASK}  stepTemplate: {{name: a}}\n", 5, "spec.stepTemplate.name"),
        (f"{TASK_RUN}  resources: {{}}\n", 5, "spec.resources"),
        (f"{TASK_RUN}  taskSpec:\n    steps: [{{ports: []}}]\n", 6, "spec.taskSpec.steps[0].ports"),
        (f"{TASK_RUN}  taskRef: {{name: a, kind: ClusterTask}}\n", 5, "spec.taskRef.kind"),
        (f"{TASK_RUN}  taskRef: {{name: a, bundle: b, kind: ClusterTask}}\n", 5, "spec.taskRef.kind"),
        (f"{PIPELINE}  resources: []\n", 5, "spec.resources"),
        (f"{PIPELINE}  tasks:\n  - resources: {{}}\n", 6, "spec.tasks[0].resources"),
        (f"{PIPELINE}  finally:\n  - conditions: []\n", 6, "spec.finally[0].conditions"),
        (f"{PIPELINE}  tasks: [{{taskSpec: {{resources: {{}}}}}}]\n", 5, "spec.tasks[0].taskSpec.resources"),
        (f"{RUN}  resources: []\n", 5, "spec.resources"),
        (f"{RUN}  serviceAccountNames: []\n", 5, "spec.serviceAccountNames"),
        (f"{RUN}  pipelineSpec: {{resources: []}}\n", 5, "spec.pipelineSpec.resources"),
        ("apiVersion: tekton.dev/v1beta1\nkind: ClusterTask\nspec: {}\n", 2, "kind"),
        ("apiVersion: tekton.dev/v1alpha1\nkind: PipelineResource\n", 2, "kind"),
        ("apiVersion: tekton.dev/v1alpha1\nkind: Run\n", 2, "kind"),
        ("apiVersion: tekton.dev/v1alpha1\nkind: Task\n", 2, "kind"),
    ],
)
def test_v1_lacks_it(yaml: str, line: int, path: str) -> None:
    assert _told(yaml) == [(line, "CNV001", path)]


@pytest.mark.parametrize(
    ("yaml", "path"),
    [
        (f"{RUN}  timeout: 1h\n  timeouts: {{}}\n", "spec.timeout"),
        (f"{RUN}  podTemplate: {{}}\n  taskRunTemplate:\n", "spec.podTemplate"),
        (f"{RUN}  pipelineRef: {{bundle: a, name: b, resolver: c}}\n", "spec.pipelineRef.resolver"),
        (f"{RUN}  pipelineRef: {{bundle: a}}\n", "spec.pipelineRef.name"),
        (f"{RUN}  pipelineRef: {{bundle: '', name: b}}\n", "spec.pipelineRef.bundle"),
        (f"{TASK}  steps: [{{resources: {{}}, computeResources: {{}}}}]\n", "spec.steps[0].resources"),
        (f"{TASK_RUN}  stepOverrides: []\n  stepSpecs: []\n", "spec.stepOverrides"),
    ],
)
def test_both_forms_or_half_of_one(yaml: str, path: str) -> None:
    assert _told(yaml) == [(5, "CNV003", path)]


@pytest.mark.parametrize(
    "yaml",
    [
        # The label is the same anchor, and no version of the API.
        "metadata: {labels: {v: &v tekton.dev/v1beta1}}\napiVersion: *v\nkind: Task\n",
        # One mapping stands for resources of a step and for what is nobody's to change.
        f"{TASK}  volumes:\n  - &s {{resources: {{}}}}\n  steps:\n  - *s\n",
        # Moved further up, the alias would come before its anchor.
        f"{RUN}  serviceAccountName: a\n  workspaces: &w [{{emptyDir: {{}}}}]\n  podTemplate: {{volumes: *w}}\n",
        f"{RUN}  ? timeout\n  : 1h\n",
        f"{RUN}  pipelineRef:\n    name: a\n    bundle: >-\n      b\n",
        "apiVersion: >-\n  tekton.dev/v1beta1\nkind: Task\n",
        'apiVersion: "tekton.dev\\/v1beta1"\nkind: Task\n',
        f"x: &x {{timeout: 1h}}\n{RUN}  <<: *x\n",
        "{apiVersion: tekton.dev/v1beta1, kind: PipelineRun, spec: {podTemplate: a, b: c, # c\nserviceAccountName: a}}",
    ],
)
def test_an_edit_would_touch_more(yaml: str) -> None:
    assert [(code) for _, code, _ in _told(yaml)] == ["CNV002"]


@pytest.mark.parametrize(
    ("yaml", "resource"),
    [
        ("apiVersion: tekton.dev/v1beta1\nkind: StepAction\nmetadata: {name: a}\n", "StepAction/a"),
        ("apiVersion: tekton.dev/v1beta1\nkind: CustomRun\nspec: {timeout: 1h}\n", "CustomRun"),
        ("apiVersion: triggers.tekton.dev/v1beta1\nkind: TriggerBinding\nmetadata: {name: a}\n", "TriggerBinding/a"),
        ("apiVersion: triggers.tekton.dev/v1beta1\nkind: EventListener\nspec: {triggers: [a]}\n", "EventListener"),
        ("apiVersion: triggers.tekton.dev/v1beta1\nkind: Trigger\nspec: {template: {spec: 5}}\n", "Trigger"),
    ],
)
def test_what_stays_in_v1beta1_is_told_and_no_fault(yaml: str, resource: str) -> None:
    found = convert(Text("a.yaml", yaml)).diagnostics
    assert [(d.code, d.severity, d.resource, d.line) for d in found] == [("CNV004", "notice", resource, 1)]
    assert _told(yaml) == [(1, "CNV004", "apiVersion")]


def test_status_is_left() -> None:
    yaml = "apiVersion: tekton.dev/v1beta1\nkind: TaskRun\nstatus: {taskResults: []}\n"
    conversion = convert(Text("a.yaml", yaml))
    assert conversion.text.content == yaml.replace("v1beta1", "v1")
    assert [(found.code, found.path) for found in conversion.diagnostics] == [("CNV004", "status")]


def test_other_documents_and_items_are_converted() -> None:
    good = f"{TASK}  steps: []\n"
    bad = f"{TASK}  resources: {{}}\n"
    anchored = "metadata: {labels: {v: &v tekton.dev/v1beta1}}\napiVersion: *v\nkind: Task\n"
    conversion = convert(Text("a.yaml", f"{good}---\n{bad}---\n{anchored}---\n{good}"))
    new = good.replace("v1beta1", "v1")
    assert conversion.text.content == f"{new}---\n{bad}---\n{anchored}---\n{new}"
    assert [found.code for found in conversion.diagnostics] == ["CNV001", "CNV002"]
    items = "apiVersion: v1\nkind: List\nitems:\n"
    one, two = (
        "- {apiVersion: tekton.dev/v1beta1, kind: ClusterTask}\n",
        "- {apiVersion: tekton.dev/v1beta1, kind: Task}\n",
    )
    assert convert(Text("a.yaml", items + one + two)).text.content == items + one + two.replace("v1beta1", "v1")


def test_what_aliases_repeat_is_changed_once_where_all_want_it() -> None:
    yaml = (
        f"{TASK}  stepTemplate: &t\n    resources: &r {{limits: {{cpu: 1}}}}\n  sidecars:\n  - *t\n  - resources: *r\n"
    )
    conversion = convert(Text("a.yaml", yaml))
    assert conversion.text.content == yaml.replace("v1beta1", "v1").replace("resources", "computeResources")
    assert conversion.diagnostics == []


@pytest.mark.parametrize(
    ("yaml", "code"),
    [
        (f"{TASK}  steps: {{{{ .Values.steps }}}}\n", "K8S006"),
        (f"{TASK}  description: '{{{{ .Release.Name }}}}'\n", "K8S006"),
        (f"{TASK}  description: ${{{{ values.name }}}}\n", "K8S006"),
        ("a: [", "YAML001"),
    ],
)
def test_templates_and_what_is_no_yaml_are_refused(yaml: str, code: str) -> None:
    conversion = convert(Text("a.yaml", yaml))
    assert not conversion.is_readable
    assert [found.code for found in conversion.diagnostics] == [code]
    assert conversion.text.content == yaml


def test_a_template_is_not_to_be_validated_here() -> None:
    [found] = convert(Text("a.yaml", f"{TASK}  steps: {{{{ .Values.steps }}}}\n")).diagnostics
    assert found.hint == "convert what it renders, or change the template by hand as that shows"


def test_of_many_documents_those_that_cannot_be_proven_are_found() -> None:
    good = f"{TASK}  steps: []\n"
    bad = "metadata: {labels: {v: &v tekton.dev/v1beta1}}\napiVersion: *v\nkind: Task\n"
    parts = [bad if number in {3, 4, 40} else good for number in range(64)]
    conversion = convert(Text("a.yaml", "---\n".join(parts)))
    assert conversion.text.content == "---\n".join(
        part.replace("v1beta1", "v1") if part == good else part for part in parts
    )
    assert len(conversion.converted) == 61
    assert [found.code for found in conversion.diagnostics] == ["CNV002"] * 3


def test_a_resource_with_a_key_twice_is_told() -> None:
    assert _told(f"{TASK}  steps: []\n  steps: []\n") == [(6, "YAML002", None)]
