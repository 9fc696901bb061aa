"""API versions: one diagnostic says what is deprecated, gone or off, and the table agrees with the schemas."""

from __future__ import annotations

from itertools import pairwise

import pytest

from itdo_platform_gen.checks.api_versions import lifecycles
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.schema.store import Schemas, kubernetes_versions
from itdo_platform_gen.syntax.mark import Text


def _found(api_version: str, kind: str, kubernetes: str) -> list[tuple[str, str, str | None]]:
    text = Text("a.yaml", f"apiVersion: {api_version}\nkind: {kind}\nmetadata: {{name: a}}\n")
    _, found = validate([text], kubernetes=kubernetes)
    return [(d.code, d.message, d.hint) for d in found if d.path == "apiVersion"]


@pytest.mark.parametrize("kubernetes", kubernetes_versions())
def test_the_table_says_what_the_schemas_say(kubernetes: str) -> None:
    served = set(Schemas(kubernetes).kinds())
    for key, lifecycle in lifecycles().items():
        if key in served:
            assert not lifecycle.is_removed(kubernetes), key
        else:
            assert not lifecycle.is_deprecated(kubernetes), key


def test_what_the_schemas_lose_is_in_the_table() -> None:
    minors = [set(Schemas(version).kinds()) for version in kubernetes_versions()]
    gone = {key for before, after in pairwise(minors) for key in before - after}
    assert {key for key in gone if not key[1].endswith("List")} <= set(lifecycles())


def test_what_is_removed_is_told_with_what_replaces_it() -> None:
    [found] = _found("policy/v1beta1", "PodDisruptionBudget", "1.36")
    assert found == (
        "K8S003",
        "Kubernetes 1.36 has no PodDisruptionBudget in policy/v1beta1, which was removed in 1.25",
        "PodDisruptionBudget is in policy/v1",
    )


def test_a_kind_that_is_gone_altogether_is_told_with_the_way_out() -> None:
    [(code, message, hint)] = _found("policy/v1beta1", "PodSecurityPolicy", "1.36")
    assert code == "K8S003"
    assert message.endswith("removed in 1.25")
    assert hint == "label the Namespace with pod-security.kubernetes.io/enforce"


def test_every_document_of_a_version_that_is_gone_is_told_of() -> None:
    document = "apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: a}\n"
    _, found = validate([Text("a.yaml", f"{document}---\n{document}")])
    assert [d.code for d in found].count("K8S003") == 2


def test_what_is_deprecated_is_served_and_told() -> None:
    [found] = _found("v1", "Endpoints", "1.36")
    message = "Endpoints in v1 is deprecated since Kubernetes 1.33"
    assert found == ("K8S190", message, "write an EndpointSlice in discovery.k8s.io/v1")
    assert _found("v1", "Endpoints", "1.32") == []
    [(code, message, _)] = _found("resource.k8s.io/v1beta1", "DeviceClass", "1.36")
    assert (code, message[-36:]) == ("K8S190", "Kubernetes 1.35, and removed in 1.38")


def test_what_is_off_by_default_is_told() -> None:
    [(code, message, _)] = _found("networking.k8s.io/v1beta1", "ServiceCIDR", "1.32")
    assert code == "K8S191"
    assert message.endswith("--runtime-config=networking.k8s.io/v1beta1")
    assert _found("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", "1.31")[0][0] == "K8S190"
