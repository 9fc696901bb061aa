"""Examples: the texts that rules show a fault in, with as little around it as can be."""

from __future__ import annotations

from textwrap import indent

IMAGE = '"alpine:3.22@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1"'


def task(spec: str, name: str = "build") -> str:
    """Write a Task of version v1."""
    return _document("tekton.dev/v1", "Task", name, spec)


def pipeline(spec: str, name: str = "release") -> str:
    """Write a Pipeline of version v1."""
    return _document("tekton.dev/v1", "Pipeline", name, spec)


def task_run(spec: str, name: str = "build-1") -> str:
    """Write a TaskRun of version v1."""
    return _document("tekton.dev/v1", "TaskRun", name, spec)


def pipeline_run(spec: str, name: str = "release-1") -> str:
    """Write a PipelineRun of version v1."""
    return _document("tekton.dev/v1", "PipelineRun", name, spec)


def step_action(spec: str, name: str = "clone") -> str:
    """Write a StepAction."""
    return _document("tekton.dev/v1beta1", "StepAction", name, spec)


def trigger(kind: str, spec: str, name: str = "push") -> str:
    """Write a document of Triggers."""
    return _document("triggers.tekton.dev/v1beta1", kind, name, spec)


def _document(api_version: str, kind: str, name: str, spec: str) -> str:
    head = f"apiVersion: {api_version}\nkind: {kind}\nmetadata: {{name: {name}, namespace: ci}}\nspec:\n"
    return head + indent(spec.replace("IMAGE", IMAGE), "  ")
