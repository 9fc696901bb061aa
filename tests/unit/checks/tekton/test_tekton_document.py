"""The pipeline of the design document: what never works in it is reported at its line, with the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from greeter import ROOT
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.source import read_text

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic

FOLDER = ROOT / "tests/cases/document/tekton"

# file, the text of the line, what finds it, its effect, and a part of the hint
FAULTS = [
    (
        "code-quality-check",
        'input: "$(cat /tmp/language)"',
        "TKN176",
        "fails",
        "$(steps.detect-language.results.language)",
    ),
    ("code-quality-check", "script: |", "TKN175", "fails", '"$(step.results.language.path)"'),
    ("code-quality-check", "script: |", "TKN182", "advice", "let the script fail"),
    ("code-quality-check", "image: alpine/git:latest", "TKN170", "advice", "@sha256:"),
    ("code-quality-check", "- name: service-name", "TKN179", "advice", "take it out"),
    ("code-quality-check", "namespace: tekton-pipelines", "TKN178", "fails", "a namespace of its own"),
    ("code-quality-check", "apiVersion: tekton.dev/v1beta1", "TKN180", "advice", "platform-gen convert"),
    ("unit-test", "image: python:3.13-slim", "TKN171", "advice", "python:3.13-slim@sha256:"),
    ("unit-test", "- name: service-name", "TKN179", "advice", "take it out"),
    ("security-scan", "script: |", "TKN174", "fails", "#!/bin/sh"),
    ("security-scan", "script: |", "TKN177", "advice", "gitleaks git"),
    ("security-scan", "image: owasp/dependency-check:latest", "TKN170", "advice", "digest"),
    ("universal-pipeline", "name: git-clone", "TKN161", "advice", "resolver"),
    ("universal-pipeline", "name: buildah", "TKN161", "advice", "Task/tekton-pipelines/buildah"),
    ("universal-pipeline", "name: trivy-scan", "TKN161", "advice", "no catalog has it"),
    ("universal-pipeline", "name: argocd-sync", "TKN161", "advice", "commits the digest to the GitOps tree"),
    ("universal-pipeline", "name: integration-test", "TKN161", "advice", "write the Task"),
    ("universal-pipeline", "name: k6-performance-test", "TKN161", "advice", "no catalog has it"),
    ("universal-pipeline", "name: production-promotion", "TKN161", "advice", "write the Task"),
    ("universal-pipeline", ":$(params.revision)", "TKN172", "fails", "$(tasks.clone.results.commit)"),
    ("universal-pipeline", "value: $(params.revision)", "TKN172", "fails", "the build's digest"),
    ("universal-pipeline", "runAfter:", "TKN183", "advice", "all of them"),
    ("universal-pipeline", "namespace: tekton-pipelines", "TKN178", "fails", "a namespace of its own"),
]


@pytest.fixture(scope="module")
def found() -> list[Diagnostic]:
    return validate([read_text(file) for file in sorted(FOLDER.glob("*.yaml"))])[1]


@pytest.mark.parametrize(("file", "line", "code", "effect", "hint"), FAULTS)
def test_the_fault_is_at_its_line(  # noqa: PLR0913, PLR0917  a fault has that many sides
    found: list[Diagnostic], file: str, line: str, code: str, effect: str, hint: str
) -> None:
    lines = (FOLDER / f"{file}.yaml").read_text("utf-8").splitlines()
    there = [
        diagnostic
        for diagnostic in found
        if diagnostic.file.endswith(f"{file}.yaml")
        and diagnostic.code == code
        and line in lines[(diagnostic.line or 1) - 1]
    ]
    assert there
    assert any(hint in (diagnostic.hint or "") and diagnostic.effect == effect for diagnostic in there)


def test_all_of_them_pass_the_webhook(found: list[Diagnostic]) -> None:
    assert [str(diagnostic) for diagnostic in found if diagnostic.effect == "refused" and diagnostic.is_error] == []


def test_in_a_namespace_of_their_own_tasks_are_missing() -> None:
    namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: tekton-pipelines}\n---\n"
    texts = [read_text(file) for file in sorted(FOLDER.glob("*.yaml"))]
    texts[0] = type(texts[0])(texts[0].name, namespace + texts[0].content)
    _, found = validate(texts)
    missing = {d.path for d in found if d.code == "TKN160"}
    assert len(missing) == 7
