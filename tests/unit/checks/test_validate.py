"""YAML that was not rendered here is read as Kubernetes reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.checks.validate import read_documents, validate
from itdo_platform_gen.schema.store import UnknownTargetError
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic

CONFIGMAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"


def test_every_document_of_every_text_is_checked() -> None:
    other = CONFIGMAP.replace("a}", "b}")
    texts = [Text("a.yaml", f"{CONFIGMAP}---\n{other}dta: {{}}\n"), Text("b.yaml", "kind: Pod\n")]
    documents, found = validate(texts)
    assert len(documents) == 3
    assert [(d.file, d.line, d.code) for d in found] == [("a.yaml", 8, "K8S001"), ("b.yaml", 1, "K8S002")]


def test_a_text_that_is_no_yaml_does_not_hide_the_others() -> None:
    documents, found = validate([Text("a.yaml", "a: b: c"), Text("b.yaml", CONFIGMAP)])
    assert len(documents) == 1
    assert [(d.file, d.code) for d in found] == [("a.yaml", "YAML001")]


@pytest.mark.parametrize(
    ("text", "code"), [("a: 1\na: 2\n", "YAML002"), ("a: .nan\n", "YAML009"), ("? [a]\n: b\n", "YAML007")]
)
def test_a_document_that_cannot_be_read_is_told_and_not_checked(text: str, code: str) -> None:
    problems: list[Diagnostic] = []
    assert read_documents(Text("a.yaml", text), problems) == []
    assert [problem.code for problem in problems] == [code]


def test_nothing_is_no_finding() -> None:
    assert validate([]) == ([], [])
    assert validate([Text("a.yaml", "# nothing\n---\n---\n")]) == ([], [])


@pytest.mark.parametrize(
    ("items", "count", "codes"),
    [
        ("[]", 0, []),
        ("[{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}, {kind: Pod}]", 2, ["K8S002"]),
        ("[1]", 1, ["K8S002"]),
        ("{}", 1, ["K8S003"]),
    ],
)
def test_the_items_of_a_list_are_documents(items: str, count: int, codes: list[str]) -> None:
    documents, found = validate([Text("a.yaml", f"apiVersion: v1\nkind: List\nitems: {items}\n")])
    assert len(documents) == count
    assert [diagnostic.code for diagnostic in found] == codes


def test_the_target_is_asked_for_and_must_be_known() -> None:
    text = Text("a.yaml", "apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: {name: a}\n")
    assert [diagnostic.code for diagnostic in validate([text], kubernetes="1.31")[1]] == ["K8S190"]
    assert [diagnostic.code for diagnostic in validate([text])[1]] == ["K8S003"]
    with pytest.raises(UnknownTargetError, match=r"Kubernetes 1\.1 is not among the targets"):
        validate([], kubernetes="1.1")
