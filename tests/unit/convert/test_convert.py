"""What v1 has by another name or in another place is moved there, and nothing else changes by a byte."""

from __future__ import annotations

import textwrap

import pytest

from greeter import ROOT
from itdo_platform_gen.convert.convert import convert
from itdo_platform_gen.syntax.mark import Text

RUN = "apiVersion: tekton.dev/v1beta1\nkind: PipelineRun\nmetadata: {name: a}\nspec:\n"
TASK = "apiVersion: tekton.dev/v1beta1\nkind: Task\nmetadata: {name: a}\nspec:\n"
PIPELINE = "apiVersion: tekton.dev/v1beta1\nkind: Pipeline\nmetadata: {name: a}\nspec:\n"
TASK_RUN = "apiVersion: tekton.dev/v1beta1\nkind: TaskRun\nmetadata: {name: a}\nspec:\n"
TASK_LIST = """\
apiVersion: tekton.dev/v1beta1
kind: TaskList
items:
- {metadata: {name: a}}
- {apiVersion: tekton.dev/v1beta1, kind: Task}
"""


def _converted(yaml: str, cluster_tasks_in: str | None = None) -> str:
    conversion = convert(Text("a.yaml", yaml), cluster_tasks_in=cluster_tasks_in)
    assert [str(found) for found in conversion.diagnostics] == []
    return conversion.text.content


def _new(yaml: str) -> str:
    return yaml.replace("tekton.dev/v1beta1", "tekton.dev/v1")


def _spec(text: str) -> str:
    return textwrap.indent(textwrap.dedent(text), "  ")


@pytest.mark.parametrize(
    ("head", "before", "after"),
    [
        (
            TASK,
            """\
            # resources: of a comment
            stepTemplate: {resources: {}}   # of all
            steps:
            - image: alpine
              resources:   # of one
                requests: {cpu: 1}
              script: |
                resources: of a script
            sidecars:
              - "resources": {}
                image: 'b'
                livenessProbe: {}
            """,
            """\
            # resources: of a comment
            stepTemplate: {computeResources: {}}   # of all
            steps:
            - image: alpine
              computeResources:   # of one
                requests: {cpu: 1}
              script: |
                resources: of a script
            sidecars:
              - "computeResources": {}
                image: 'b'
                livenessProbe: {}
            """,
        ),
        (
            RUN,
            """\
            # how long
            timeout: 1h   # in all

            params: []
            """,
            """\
            timeouts:
              # how long
              pipeline: 1h   # in all

            params: []
            """,
        ),
        (
            RUN,
            """\
            serviceAccountName: a
            # where

            # which pod
            podTemplate:   # of all
              securityContext:
                  # deep
                  fsGroup: 1
                  # deeper
              # of the pod

            # of params
            params: []
            """,
            """\
            taskRunTemplate:
              serviceAccountName: a
              # where

              # which pod
              podTemplate:   # of all
                securityContext:
                    # deep
                    fsGroup: 1
                    # deeper
                # of the pod

            # of params
            params: []
            """,
        ),
        (
            RUN,
            """\
            podTemplate:
              env:
              - name: text
                value: |2
                    indented

                  # no comment
            timeout: 1h
            pipelineRef: {name: b}
            # who
            serviceAccountName: a
            # end
            """,
            """\
            taskRunTemplate:
              podTemplate:
                env:
                - name: text
                  value: |2
                      indented

                    # no comment
              # who
              serviceAccountName: a
            timeouts:
              pipeline: 1h
            pipelineRef: {name: b}
            # end
            """,
        ),
        (
            RUN,
            """\
            taskRunSpecs:
            - pipelineTaskName: b
              taskServiceAccountName: c   # one
              taskPodTemplate:
                hostNetwork: true
              stepOverrides: [{name: d, resources: {}}]
              sidecarOverrides:
                - resources: {limits: {cpu: 1}}
                  name: e
            """,
            """\
            taskRunSpecs:
            - pipelineTaskName: b
              serviceAccountName: c   # one
              podTemplate:
                hostNetwork: true
              stepSpecs: [{name: d, computeResources: {}}]
              sidecarSpecs:
                - computeResources: {limits: {cpu: 1}}
                  name: e
            """,
        ),
        (
            TASK_RUN,
            """\
            serviceAccountName: a
            timeout: 1h
            podTemplate: {}
            stepOverrides: [{name: d, resources: {}}]
            taskRef: {bundle: c, name: b,
                                                  kind: Task}
            """,
            """\
            serviceAccountName: a
            timeout: 1h
            podTemplate: {}
            stepSpecs: [{name: d, computeResources: {}}]
            taskRef: {resolver: bundles, params: [{name: bundle, value: c}, {name: name, value: b},
                                                  {name: kind, value: task}]}
            """,
        ),
        (
            PIPELINE,
            """\
            tasks:
              - name: one
                taskRef:
                  # which
                  name: build   # the name
                  # where
                  bundle: "ghcr.io/a/b@sha256:1"   # the bundle
                  kind: Task   # the kind
                runAfter: [two]
            """,
            """\
            tasks:
              - name: one
                taskRef:
                  # which
                  resolver: bundles
                  params:
                    - name: name
                      value: build   # the name
                  # where
                    - name: bundle
                      value: "ghcr.io/a/b@sha256:1"   # the bundle
                    - name: kind
                      value: task   # the kind
                runAfter: [two]
            """,
        ),
        (
            RUN,
            """\
            pipelineRef:
              apiVersion: tekton.dev/v1beta1   # gone
              bundle: a
              name: b
            params:
            - {name: c, value: d}
            """,
            """\
            pipelineRef:
              # gone
              resolver: bundles
              params:
              - name: bundle
                value: a
              - name: name
                value: b
              - name: kind
                value: pipeline
            params:
            - {name: c, value: d}
            """,
        ),
    ],
    ids=["containers", "timeout", "template", "apart", "tasks", "task-run", "bundle", "pipeline-bundle"],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_conversion(head: str, before: str, after: str, end: str) -> None:
    old = (head + _spec(before)).replace("\n", end)
    new = (_new(head) + _spec(after)).replace("\n", end)
    assert _converted(old) == new
    assert _converted(new) == new


ONE_LINE = """\
{"apiVersion": "tekton.dev/v1beta1", "kind": "PipelineRun", "spec": {"serviceAccountName": "a", "timeout": "1h", \
"podTemplate": {}}}"""
ONE_LINE_NEW = """\
{"apiVersion": "tekton.dev/v1", "kind": "PipelineRun", "spec": {"taskRunTemplate": {"serviceAccountName": "a", \
"podTemplate": {}}, "timeouts": {"pipeline": "1h"}}}"""
JSON = """\
{
  "apiVersion": "tekton.dev/v1beta1",
  "kind": "PipelineRun",
  "spec": {
    "podTemplate": {},
    "params": [],
    "serviceAccountName": "a",
    "pipelineRef": {"bundle": "c", "apiVersion": "d", "name": "e"}
  }
}
"""
JSON_NEW = """\
{
  "apiVersion": "tekton.dev/v1",
  "kind": "PipelineRun",
  "spec": {
    "taskRunTemplate": {"podTemplate": {}, "serviceAccountName": "a"},
    "params": [],
    "pipelineRef": {"resolver": "bundles", "params": [{"name": "bundle", "value": "c"}, \
{"name": "name", "value": "e"}, {"name": "kind", "value": "pipeline"}]}
  }
}
"""
COMMENT = "{apiVersion: tekton.dev/v1beta1, kind: PipelineRun, spec: {timeout: 1h # c\n  , params: []}}"
COMMENT_NEW = "{apiVersion: tekton.dev/v1, kind: PipelineRun, spec: {timeouts: {pipeline: 1h} # c\n  , params: []}}"


@pytest.mark.parametrize(
    ("before", "after"),
    [(ONE_LINE, ONE_LINE_NEW), (JSON, JSON_NEW), (COMMENT, COMMENT_NEW)],
    ids=["line", "lines", "comment"],
)
def test_braces(before: str, after: str) -> None:
    assert _converted(before) == after


def test_a_last_line_without_an_end_may_move() -> None:
    old = f"{RUN}  serviceAccountName: a\n  params: []\n  podTemplate: {{}}"
    new = "  taskRunTemplate:\n    serviceAccountName: a\n    podTemplate: {}\n  params: []\n"
    assert _converted(old) == _new(RUN) + new


def test_cluster_tasks_are_found_in_the_namespace_told() -> None:
    old = f"{PIPELINE}  tasks:\n  - taskRef:\n      kind: ClusterTask # c\n      name: b\n"
    new = "      resolver: cluster\n      params:\n      - name: kind\n        value: task # c\n      - name: name\n"
    new += "        value: b\n      - name: namespace\n        value: ci\n"
    assert _converted(old, "ci") == f"{_new(PIPELINE)}  tasks:\n  - taskRef:\n{new}"


def test_a_namespace_that_reads_as_a_number_is_quoted() -> None:
    old = f"{TASK_RUN}  taskRef: {{kind: ClusterTask, name: b}}\n"
    new = '[{name: kind, value: task}, {name: name, value: b}, {name: namespace, value: "5"}]'
    assert _converted(old, "5") == f"{_new(TASK_RUN)}  taskRef: {{resolver: cluster, params: {new}}}\n"


@pytest.mark.parametrize(
    "yaml",
    [
        f"{TASK}  steps: []\n---\n# another\n{TASK}  steps: []\n",
        f"apiVersion: v1\nkind: List\nitems:\n{textwrap.indent(TASK, '- ').replace(chr(10) + '- ', chr(10) + '  ')}",
        TASK_LIST,
        f"{TASK}  steps:\n  - {{image: a, computeResources: {{}}}}\n",
        f"# first\n---\n{TASK}  description: '✅ 🚀'   # 🚀\n  steps: [] # ✅\n...\n",
        f"{TASK}  steps: null\n  stepTemplate:\n",
        TASK.replace("tekton.dev/v1beta1", "&v 'tekton.dev/v1beta1'"),
        f"a: apiVersion of no one\n---\n{TASK}\n---\napiVersion: apps/v1beta1\nkind: Deployment\n",
    ],
    ids=["documents", "list", "typed-list", "half", "wide", "null", "anchor", "others"],
)
def test_only_the_version_changes(yaml: str) -> None:
    assert _converted(yaml) == _new(yaml)


@pytest.mark.parametrize("name", ["code-quality-check", "security-scan", "unit-test", "universal-pipeline"])
def test_the_documents_of_the_design(name: str) -> None:
    yaml = (ROOT / f"tests/cases/document/tekton/{name}.yaml").read_text("utf-8")
    assert _converted(yaml) == _new(yaml) != yaml


@pytest.mark.parametrize(
    "yaml",
    [
        "apiVersion: v1\nkind: ConfigMap\ndata: {a: tekton.dev/v1beta1}\n",
        "apiVersion: tekton.dev/v1\nkind: Task\nspec: {steps: [{resources: {}}]}\n",
        "apiVersion: apps/v1\nkind: Deployment\nspec: {timeout: 1h, resources: []}\n",
        "kind: Task\n",
        "apiVersion: [tekton.dev/v1beta1]\nkind: Task\n",
        "apiVersion: tekton.dev/v1beta1\nkind: [Task]\n",
        "apiVersion: tekton.dev/v1beta1\nkind: Deployment\n",
        "a: 1\na: 2\n",
        "- a\n",
        "",
        "# nothing\n",
        "null",
    ],
)
def test_what_is_not_to_be_converted_stays(yaml: str) -> None:
    assert _converted(yaml) == yaml


def test_what_a_trigger_makes_is_converted() -> None:
    yaml = textwrap.dedent("""\
        apiVersion: triggers.tekton.dev/v1beta1
        kind: TriggerTemplate
        metadata: {name: a}
        spec:
          resourcetemplates:
          - apiVersion: tekton.dev/v1beta1   # of the run
            kind: PipelineRun
            metadata: {generateName: b-}
            spec:
              serviceAccountName: $(tt.params.account)
              pipelineRef: {name: c}
        """)
    conversion = convert(Text("a.yaml", yaml))
    run = "taskRunTemplate:\n        serviceAccountName: $(tt.params.account)"
    wanted = yaml.replace("apiVersion: tekton.dev/v1beta1", "apiVersion: tekton.dev/v1")
    assert conversion.text.content == wanted.replace("serviceAccountName: $(tt.params.account)", run)
    assert conversion.converted == ("PipelineRun/b-",)
    assert [found.code for found in conversion.diagnostics] == ["CNV004"]
