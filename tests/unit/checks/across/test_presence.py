"""What is there, what is surely missing, and what is only not seen."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.settings import Settings
from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.syntax.mark import Text

NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: dev}\n---\n"


def _pod(container: str, more: str = "") -> str:
    head = "apiVersion: v1\nkind: Pod\nmetadata: {name: shop, namespace: dev, labels: {app: shop}}\n"
    return f"{head}spec: {{containers: [{{name: app, image: 'app:1.0', {container}}}]{more}}}\n"


def _env(kind: str, name: str = "x", key: str = "k", more: str = "") -> str:
    return _pod(f"env: [{{name: A, valueFrom: {{{kind}KeyRef: {{name: {name}, key: {key}{more}}}}}}}]")


def _found(yaml: str, external: frozenset[str] = frozenset()) -> list[tuple[str, str, str]]:
    result = examine([Text("a.yaml", yaml)], ("1.36",), settings=Settings(external=external))
    across = [d for d in result.diagnostics if d.code.startswith("K8S2")]
    return [(d.code, d.severity, d.path or "") for d in across]


REF = "spec.containers[0].env[0].valueFrom"


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        (_env("configMap"), [("K8S202", "notice", f"{REF}.configMapKeyRef.name")]),
        (NAMESPACE + _env("configMap"), [("K8S203", "error", f"{REF}.configMapKeyRef.name")]),
        (NAMESPACE + _env("secret"), [("K8S202", "notice", f"{REF}.secretKeyRef.name")]),
        (NAMESPACE + _env("configMap", more=", optional: true"), []),
        (NAMESPACE + _env("configMap", "kube-root-ca.crt", "ca.crt"), []),
        (NAMESPACE + _pod("", ", serviceAccountName: default"), []),
        (NAMESPACE + _pod("", ", serviceAccountName: bot"), [("K8S203", "error", "spec.serviceAccountName")]),
        (_pod("", ", priorityClassName: system-node-critical"), []),
    ],
)
def test_how_sure_it_is_follows_from_who_makes_the_namespace(yaml: str, expected: list[tuple[str, str, str]]) -> None:
    assert _found(yaml) == expected


@pytest.mark.parametrize("declared", ["Secret/x", "Secret/dev/x"])
def test_what_is_declared_to_be_outside_is_there(declared: str) -> None:
    assert _found(_env("secret"), frozenset({declared})) == []


def test_a_thing_that_is_not_seen_is_told_of_once() -> None:
    pods = "---\n".join(_env("secret").replace("name: shop", f"name: shop-{n}") for n in range(3))
    assert [code for code, _, _ in _found(pods)] == ["K8S202"]


@pytest.mark.parametrize(
    ("maker", "missing"),
    [
        (
            (
                "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: e, namespace: dev}\nspec:\n"
                "  secretStoreRef: {kind: ClusterSecretStore, name: vault}\n  target: {name: x}\n"
                "  data: [{secretKey: k, remoteRef: {key: a}}]\n"
            ),
            "other",
        ),
        (
            (
                "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: x, namespace: dev}\n"
                "spec: {encryptedData: {k: AgB}}\n"
            ),
            "other",
        ),
        (
            (
                "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
                "secretGenerator: [{name: x, literals: [k=v]}]\n"
            ),
            "other",
        ),
    ],
)
def test_what_makes_a_secret_makes_its_keys(maker: str, missing: str) -> None:
    store = frozenset({"ClusterSecretStore/vault"})
    assert _found(f"{maker}---\n{_env('secret')}", store) == []
    assert [code for code, _, _ in _found(f"{maker}---\n{_env('secret', key=missing)}", store)] == ["K8S204"]


def test_a_controller_may_make_what_is_named_after_its_resource() -> None:
    cluster = "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: db, namespace: dev}\n---\n"
    reference = _env("configMap", "db-settings")
    assert [code for code, _, _ in _found(NAMESPACE + reference)] == ["K8S203"]
    assert [code for code, _, _ in _found(NAMESPACE + cluster + reference)] == ["K8S202"]


def test_a_namespace_into_which_others_are_brought_is_not_known() -> None:
    release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r, namespace: dev}\n---\n"
    assert [code for code, _, _ in _found(NAMESPACE + release + _env("configMap"))] == ["K8S202"]


def test_a_namespace_that_is_not_made_beside_others_is_not_seen() -> None:
    pod = _pod("").replace("namespace: dev", "namespace: dve")
    assert _found(NAMESPACE + pod) == [("K8S202", "notice", "metadata.namespace")]
    assert _found(pod) == []


SERVICE = (
    "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: dev}\n"
    "spec: {selector: {app: store}, ports: [{port: 80}]}\n"
)


@pytest.mark.parametrize(
    ("before", "expected"),
    [("", []), (_pod("") + "---\n", ["warning"]), (NAMESPACE, ["error"]), (NAMESPACE + _pod("") + "---\n", ["error"])],
)
def test_a_selector_without_pods_is_as_sure_as_the_namespace_is_known(before: str, expected: list[str]) -> None:
    found = _found(before + SERVICE)
    assert [severity for code, severity, _ in found if code == "K8S205"] == expected
    assert len(found) == len(expected)


def test_a_service_of_another_group_is_no_service() -> None:
    knative = "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: s, namespace: dev}\nspec: {}\n"
    assert _found(NAMESPACE + knative) == []
