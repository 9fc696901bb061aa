"""Which documents are checked against which schema. The words are in `tests/cases/errors/k8s-*`."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.structure import check_structure
from itdo_platform_gen.checks.validate import read_documents
from itdo_platform_gen.schema.store import Schemas
from itdo_platform_gen.syntax.mark import Text


def _found(text: str, kubernetes: str = "1.34", *, resources_only: bool = True) -> list[tuple[str, str | None]]:
    documents = read_documents(Text("a.yaml", text), [])
    found = check_structure(documents, Schemas(kubernetes), resources_only=resources_only)
    return [(diagnostic.code, diagnostic.hint) for diagnostic in found]


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("apiVersion: v1\nkind: Pods", "K8S003", "did you mean Pod?"),
        ("apiVersion: v1\nkind: Deployment", "K8S003", "Deployment is in apps/v1"),
        ("apiVersion: apps/v1\nkind: Service", "K8S003", "Service is in v1"),
        ("apiVersion: apps/v1beta2\nkind: Deployment", "K8S003", "Deployment is in apps/v1"),
        ("apiVersion: cert-manager.example.com/v1\nkind: Deployment", "K8S004", None),
        ("apiVersion: example.com/v1\nkind: Widget", "K8S004", None),
        ("kind: Pod", "K8S002", None),
        ("apiVersoin: v1\nkind: Pod", "K8S002", "did you mean apiVersion instead of apiVersoin?"),
        ("a: 1", "K8S002", None),
        ("[]", "K8S002", None),
        ("a", "K8S002", None),
        ("apiVersion: v1\nkind: 1", "K8S002", None),
        ("apiVersion: ''\nkind: Pod", "K8S002", None),
        ("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndta: {}", "K8S001", "did you mean data?"),
    ],
)
def test_a_document_that_no_server_takes_is_told(text: str, code: str, hint: str | None) -> None:
    assert _found(text) == [(code, hint)]


@pytest.mark.parametrize("text", ["a: 1", "[]", "a", "kind: Pod", "apiVersion: v1"])
def test_among_rendered_files_there_may_be_others_than_kubernetes_documents(text: str) -> None:
    assert not _found(text, resources_only=False)


@pytest.mark.parametrize("text", ["apiVersion: v1\nkind: 1", "apiVersion: []\nkind: Pod"])
def test_one_that_has_both_keys_is_meant_as_a_kubernetes_document(text: str) -> None:
    assert [code for code, _ in _found(text, resources_only=False)] == ["K8S002"]


def test_an_unknown_kind_is_told_once() -> None:
    assert len(_found("---\napiVersion: example.com/v1\nkind: Widget\n" * 3)) == 1


def test_what_there_is_depends_on_the_target() -> None:
    text = "apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: {name: a}\n"
    assert not _found(text, "1.31")
    assert _found(text, "1.32") == [("K8S003", "FlowSchema is in flowcontrol.apiserver.k8s.io/v1")]
