"""Several versions at once: each fault is told once, with the versions it is one in."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.targets import merged
from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.schema.store import kubernetes_versions
from itdo_platform_gen.syntax.mark import Text

VERSIONS = ("1.30", "1.31", "1.32")


@pytest.mark.parametrize(
    ("having", "said"),
    [
        (("1.30", "1.31", "1.32"), "no"),
        (("1.31", "1.32"), "from Kubernetes 1.31 on: no"),
        (("1.32",), "from Kubernetes 1.32 on: no"),
        (("1.30",), "up to Kubernetes 1.30: no"),
        (("1.30", "1.32"), "in Kubernetes 1.30, 1.32: no"),
        (("1.31",), "in Kubernetes 1.31: no"),
    ],
)
def test_a_fault_says_where_it_is_one(having: tuple[str, ...], said: str) -> None:
    found = {version: [Diagnostic("K8S001", "no")] if version in having else [] for version in VERSIONS}
    assert [diagnostic.message for diagnostic in merged(found)] == [said]


def test_two_faults_at_one_place_stay_two() -> None:
    found = {version: [Diagnostic("K8S001", "a"), Diagnostic("K8S001", "b")] for version in VERSIONS}
    assert [diagnostic.message for diagnostic in merged(found)] == ["a", "b"]


def test_a_removed_version_is_told_from_the_first_that_lacks_it() -> None:
    text = Text("a.yaml", "apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: {name: a}\n")
    found = [d for d in examine([text], kubernetes_versions()).diagnostics if d.code == "K8S003"]
    (message,) = [d.message for d in found]
    assert message.startswith("from Kubernetes 1.32 on: Kubernetes 1.32 has no FlowSchema in flowcontrol")
