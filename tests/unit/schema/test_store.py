"""Documents against the schemas of their kinds, for the oldest and the newest Kubernetes."""

from __future__ import annotations

from typing import Any

import pytest

from itdo_platform_gen.schema.store import Schemas, UnknownTargetError, kubernetes_versions
from itdo_platform_gen.schema.violation import Violation

both = pytest.mark.parametrize("kubernetes", ["1.30", "1.37"])


def _deployment(**spec: object) -> dict[str, Any]:
    labels = {"app": "web"}
    container = {"name": "web", "image": "web:1", "resources": {"limits": {"cpu": 1, "memory": "64Mi"}}}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "creationTimestamp": None, "annotations": {"a": "b"}},
        "spec": {
            "replicas": 2,
            "selector": {"matchLabels": labels},
            "strategy": {"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 0}},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [container]}},
            **spec,
        },
        "status": {},
    }


def _resource(api_version: str, kind: str, **fields: object) -> dict[str, Any]:
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": "x"}, **fields}


def _explained(kubernetes: str, document: dict[str, Any]) -> list[Violation]:
    validator = Schemas(kubernetes).find(document["apiVersion"], document["kind"])
    assert validator is not None
    return validator.explain(document)


_GOOD = [
    _deployment(),
    _resource("v1", "Secret", data={"a": "YWJj\nZGVm\n", "b": ""}, stringData={"c": "d"}, type="Opaque"),
    _resource("v1", "ConfigMap", data={"a": "b"}, binaryData=None),
    _resource("v1", "Service", spec={"ports": [{"port": 80, "targetPort": "http", "protocol": ""}], "selector": {}}),
    _resource("v1", "ResourceQuota", spec={"hard": {"pods": "10", "requests.cpu": 4, "limits.cpu": 4.5}}),
    _resource("v1", "LimitRange", spec={}),
    _resource(
        "apps/v1",
        "StatefulSet",
        spec={
            "selector": {"matchLabels": {"a": "b"}},
            "template": {"spec": {"containers": [{"name": "a", "image": "b"}]}},
        },
    ),
    _resource("networking.k8s.io/v1", "NetworkPolicy", spec={"policyTypes": ["Ingress"]}),
    _resource(
        "policy/v1", "PodDisruptionBudget", spec={"minAvailable": "50%", "selector": {}}, status={"currentHealthy": 0}
    ),
    _resource("rbac.authorization.k8s.io/v1", "RoleBinding", roleRef={"kind": "Role", "name": "r"}, subjects=None),
    _resource(
        "apiextensions.k8s.io/v1",
        "CustomResourceDefinition",
        spec={
            "group": "a.b",
            "names": {"kind": "A", "plural": "as"},
            "scope": "Namespaced",
            "versions": [
                {
                    "name": "v1",
                    "served": True,
                    "storage": True,
                    "schema": {"openAPIV3Schema": {"type": "object", "properties": {"$ref": {"type": "string"}}}},
                    "subresources": {"status": {}},
                }
            ],
        },
    ),
    _resource(
        "monitoring.coreos.com/v1",
        "ServiceMonitor",
        spec={"selector": {"matchLabels": {"a": "b"}}, "endpoints": [{"port": "http", "interval": "30s"}]},
    ),
    _resource(
        "monitoring.coreos.com/v1",
        "PrometheusRule",
        spec={"groups": [{"name": "g", "rules": [{"alert": "A", "expr": 1, "for": "5m", "labels": {"a": "b"}}]}]},
    ),
    _resource(
        "external-secrets.io/v1",
        "ExternalSecret",
        spec={
            "refreshInterval": "1h",
            "secretStoreRef": {"name": "s", "kind": "ClusterSecretStore"},
            "target": {"name": "t", "template": {"metadata": {"labels": {"a": "b"}}, "data": {"u": "{{ .u }}"}}},
            "data": [{"secretKey": "u", "remoteRef": {"key": "k", "property": "p"}}],
            "dataFrom": [{"sourceRef": {"generatorRef": {"apiVersion": "v", "kind": "Password", "name": "p"}}}],
        },
    ),
    _resource(
        "external-secrets.io/v1",
        "SecretStore",
        spec={"provider": {"vault": {"server": "s", "version": "v2", "auth": {"kubernetes": {"role": "r"}}}}},
    ),
    _resource("generators.external-secrets.io/v1alpha1", "Password", spec={"digits": 5}),
    _resource(
        "argoproj.io/v1alpha1",
        "Application",
        spec={
            "project": "default",
            "source": {
                "repoURL": "r",
                "path": "p",
                "targetRevision": "HEAD",
                "helm": {"valuesObject": {"a": {"b": 1}}},
            },
            "destination": {"namespace": "n", "server": "s"},
            "syncPolicy": {"automated": {"prune": True}, "syncOptions": ["CreateNamespace=true"]},
        },
    ),
    {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": ["a.yaml"],
        "images": [{"name": "a", "newTag": "1"}],
        "patches": [{"target": {"kind": "Deployment"}, "patch": "- op: remove"}],
        "labels": [{"pairs": {"a": "b"}, "includeSelectors": False}],
        "configMapGenerator": [{"name": "c", "literals": ["a=b"], "options": {"disableNameSuffixHash": True}}],
    },
    {"apiVersion": "kustomize.config.k8s.io/v1alpha1", "kind": "Component", "components": None},
]


@both
@pytest.mark.parametrize("document", _GOOD, ids=lambda document: document["kind"])
def test_what_servers_take_is_valid(kubernetes: str, document: dict[str, Any]) -> None:
    """Nothing that a server accepts may be refused."""
    assert _explained(kubernetes, document) == []


_CONTAINER = ("spec", "template", "spec", "containers", 0)
_STORAGE = {"resources": {"requests": {"storage": "1Gi"}}}
_BAD: list[tuple[dict[str, Any], Violation]] = [
    (
        _deployment(replica=3),
        Violation(("spec", "replica"), 'unknown key "replica"', "did you mean replicas?", at_key=True),
    ),
    (
        _deployment(replicas="3"),
        Violation(("spec", "replicas"), 'expected an integer, got "3"', "write 3 without quotes"),
    ),
    (_deployment(replicas=2.5), Violation(("spec", "replicas"), "expected an integer, got 2.5")),
    (
        _deployment(replicas=2**31),
        Violation(("spec", "replicas"), "expected at most 2147483647, got 2147483648", code="K8S013"),
    ),
    (_deployment(template=[]), Violation(("spec", "template"), "expected a mapping, got []")),
    (
        _deployment(strategy={"rollingUpdate": {"maxSurge": True}}),
        Violation(
            ("spec", "strategy", "rollingUpdate", "maxSurge"),
            "expected a string or an integer, got true",
            'quote it: "true"',
        ),
    ),
    (
        _deployment(strategy={"type": "rollingUpdate"}),
        Violation(
            ("spec", "strategy", "type"),
            'expected one of: Recreate, RollingUpdate; got "rollingUpdate"',
            "did you mean RollingUpdate?",
            code="K8S012",
        ),
    ),
    (
        _resource("apps/v1", "Deployment", spec={"template": _deployment()["spec"]["template"]}),
        Violation(("spec",), 'missing key "selector"'),
    ),
    (
        _deployment(
            template={"spec": {"containers": [{"name": "a", "image": "b", "env": [{"name": "A", "value": 8080}]}]}}
        ),
        Violation((*_CONTAINER, "env", 0, "value"), "expected a string, got 8080", 'quote it: "8080"'),
    ),
    (
        _deployment(template={"spec": {"containers": [{"name": "a", "image": "b", "command": "sh"}]}}),
        Violation((*_CONTAINER, "command"), 'expected a list, got "sh"', "write a list, with - before each item"),
    ),
    (
        _deployment(template={"spec": {"containers": [{"image": "a"}]}}),
        Violation(_CONTAINER, 'missing key "name"'),
    ),
    (
        _resource("v1", "ConfigMap", data={"debug": True}),
        Violation(("data", "debug"), "expected a string, got true", 'quote it: "true"'),
    ),
    (_resource("v1", "Secret", data={"a": "secret!"}), Violation(("data", "a"), 'expected base64 text, got "secret!"')),
    (
        {**_resource("v1", "ConfigMap"), "metadata": {"name": "x", "creationTimestamp": "today"}},
        Violation(("metadata", "creationTimestamp"), 'expected a time such as 2026-01-31T09:00:00Z, got "today"'),
    ),
    (
        _resource("v1", "PersistentVolumeClaim", spec={"accessModes": ["ReadWriteOne"], **_STORAGE}),
        Violation(
            ("spec", "accessModes", 0),
            'expected one of: ReadOnlyMany, ReadWriteMany, ReadWriteOnce, ReadWriteOncePod; got "ReadWriteOne"',
            "did you mean ReadWriteOnce?",
            code="K8S012",
        ),
    ),
    (
        _resource(
            "monitoring.coreos.com/v1", "ServiceMonitor", spec={"selector": {}, "endpoints": [{"intervall": "1m"}]}
        ),
        Violation(
            ("spec", "endpoints", 0, "intervall"), 'unknown key "intervall"', "did you mean interval?", at_key=True
        ),
    ),
    (
        _resource("external-secrets.io/v1", "ExternalSecret", spec={}, metadata={"nam": "x"}),
        Violation(("metadata", "nam"), 'unknown key "nam"', "did you mean name?", at_key=True),
    ),
    (
        {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "resource": []},
        Violation(("resource",), 'unknown key "resource"', "did you mean resources?", at_key=True),
    ),
]


@both
@pytest.mark.parametrize(("document", "violation"), _BAD)
def test_what_servers_refuse_is_explained(kubernetes: str, document: dict[str, Any], violation: Violation) -> None:
    """Each fault is found where it stands, and said word for word."""
    assert _explained(kubernetes, document) == [violation]


@pytest.mark.parametrize("kubernetes", kubernetes_versions())
def test_every_kind_of_every_minor_compiles(kubernetes: str) -> None:
    """No definition is missing that another leads to, and none is broken."""
    schemas = Schemas(kubernetes)
    for api_version, kind in schemas.kinds():
        validator = schemas.find(api_version, kind)
        assert validator is not None
        assert not validator.is_valid({"apiVersion": api_version, "kind": kind, "no such key": 1})


def test_a_kind_is_known_to_the_minors_that_have_it() -> None:
    """What a later minor brought, an earlier one does not know."""
    assert Schemas("1.30").find("resource.k8s.io/v1", "ResourceClaim") is None
    assert Schemas("1.37").find("resource.k8s.io/v1", "ResourceClaim") is not None


def test_a_kind_that_is_not_known_has_no_validator() -> None:
    """What is not known is for the caller to speak of, with the names that are."""
    schemas = Schemas("1.36")
    assert schemas.find("apps/v1", "Deploymnet") is None
    assert schemas.find("v1", "Deployment") is None
    assert schemas.api_versions_of("Deployment") == ["apps/v1"]
    assert "Deployment" in schemas.kinds_of("apps/v1")
    assert schemas.kinds_of("apps/v9") == []


def test_a_validator_is_made_once() -> None:
    """All who check against the same targets share what is compiled."""
    assert Schemas("1.36").find("v1", "Pod") is Schemas("1.36").find("v1", "Pod")


@pytest.mark.parametrize("kubernetes", ["1.29", "1.38", "v1.36", "1.36.1", ""])
def test_a_minor_without_schemas_is_no_target(kubernetes: str) -> None:
    """The error says which there are."""
    with pytest.raises(UnknownTargetError, match=r"there is: 1\.30, .*, 1\.37$"):
        Schemas(kubernetes)


def test_the_kinds_of_other_tools_are_known() -> None:
    """Blueprints write these beside the kinds of Kubernetes itself."""
    kinds = set(Schemas("1.30").kinds())
    assert {
        ("argoproj.io/v1alpha1", "AppProject"),
        ("argoproj.io/v1alpha1", "Application"),
        ("argoproj.io/v1alpha1", "ApplicationSet"),
        ("external-secrets.io/v1", "ClusterSecretStore"),
        ("external-secrets.io/v1", "ExternalSecret"),
        ("external-secrets.io/v1", "SecretStore"),
        ("generators.external-secrets.io/v1alpha1", "Password"),
        ("kustomize.config.k8s.io/v1alpha1", "Component"),
        ("kustomize.config.k8s.io/v1beta1", "Kustomization"),
        ("monitoring.coreos.com/v1", "PodMonitor"),
        ("monitoring.coreos.com/v1", "PrometheusRule"),
        ("monitoring.coreos.com/v1", "ServiceMonitor"),
    } <= kinds
