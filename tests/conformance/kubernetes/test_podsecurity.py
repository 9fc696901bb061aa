"""Pods are held to the standard of pod security as the real server holds them, in every version that changed it.

Versions are dealt out to the pods in turn; with EVERY_CASE=true every pod is held to every version.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from conformance.kubernetes.apiserver import VERSION
from conformance.kubernetes.corpus import dumped
from conformance.kubernetes.generated_pods import generated_pods
from itdo_platform_gen.checks.kubernetes.podsecurity_baseline import RULE as BASELINE
from itdo_platform_gen.checks.kubernetes.podsecurity_restricted import RULE as RESTRICTED
from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from conformance.kubernetes.apiserver import ApiServer

_PREFIX = "pod-security.kubernetes.io/enforce"
_VIOLATES = "violates PodSecurity"
_ENOUGH = 500
# Those in which a check came or changed, with the one before; and one that the server does not know yet.
_VERSIONS = {
    "baseline": (None, "latest", "v1.0", "v1.25", "v1.26", "v1.27", "v1.29", "v1.31", "v1.32", "v1.34", "v1.99"),
    "restricted": (None, "v1.7", "v1.8", "v1.18", "v1.19", "v1.22", "v1.23", "v1.25", "v1.33", "v1.34", "v1.35"),
}
# Every pod is held to the first of them, and to so many others.
_ALWAYS = 1
_OTHERS = 10 if os.environ.get("EVERY_CASE") == "true" else 2


def _namespace(level: str, version: str | None) -> dict[str, Any]:
    labels = {_PREFIX: level} | ({f"{_PREFIX}-version": version} if version else {})
    name = f"{level}-{version or 'unversioned'}".replace(".", "-")
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}


NAMESPACES = {level: [_namespace(level, version) for version in found] for level, found in _VERSIONS.items()}


def _cases() -> list[tuple[str, dict[str, Any], str]]:
    """Give pods with the Namespace that each is sent to; the versions are dealt out in turn."""
    found = []
    for number, pod in enumerate(generated_pods()):
        for namespaces in NAMESPACES.values():
            always, others = namespaces[:_ALWAYS], namespaces[_ALWAYS:]
            dealt = [others[(number + turn * len(others) // _OTHERS) % len(others)] for turn in range(_OTHERS)]
            for namespace in (*always, *dealt):
                name = namespace["metadata"]["name"]
                document = {**pod.document, "metadata": {**pod.document["metadata"], "namespace": name}}
                found.append((f"{name}: {pod.id}", namespace, dumped(document)))
    return found


@pytest.fixture(scope="module")
def said(apiserver: ApiServer) -> dict[str, str]:
    """Give the server's reason for each pod, which is empty where it takes it."""
    for namespace in (namespace for namespaces in NAMESPACES.values() for namespace in namespaces):
        address = f"/api/v1/namespaces/{namespace['metadata']['name']}/serviceaccounts"
        apiserver.request("POST", "/api/v1/namespaces", dumped(namespace).encode())
        verdict = apiserver.request(
            "POST", address, b"{apiVersion: v1, kind: ServiceAccount, metadata: {name: default}}"
        )
        assert verdict.accepted or verdict.status == 409, verdict.reason
    cases = _cases()

    def some(start: int) -> dict[str, str]:
        server = replace(apiserver, connection=None)
        found = {}
        for case, namespace, text in cases[start::4]:
            name = namespace["metadata"]["name"]
            address = f"/api/v1/namespaces/{name}/pods?dryRun=All&fieldValidation=Strict"
            verdict = server.request("POST", address, text.encode())
            found[case] = "" if verdict.accepted else verdict.reason
        server.disconnect()
        return found

    with ThreadPoolExecutor(4) as pool:
        return {case: reason for part in pool.map(some, range(4)) for case, reason in part.items()}


@pytest.fixture(scope="module")
def ours() -> dict[str, list[str]]:
    """Give what we refuse each pod for by the standard."""
    cases = _cases()
    texts = [Text(case, f"{dumped(namespace)}---\n{text}") for case, namespace, text in cases]
    found: dict[str, list[str]] = {case: [] for case, _, _ in cases}
    for diagnostic in examine(texts, (VERSION,), each=True).diagnostics:
        if diagnostic.code in {BASELINE.code, RESTRICTED.code} and diagnostic.effect == "refused":
            found[diagnostic.file].append(diagnostic.message)
    return found


def test_pods_are_refused_for_the_standard_only(said: dict[str, str]) -> None:
    """What the server refuses before it looks at the standard would say nothing."""
    assert [f"{case}: {reason}" for case, reason in said.items() if reason and _VIOLATES not in reason] == []


def test_there_are_many_of_both_sorts(said: dict[str, str]) -> None:
    assert sum(bool(reason) for reason in said.values()) > _ENOUGH
    assert sum(not reason for reason in said.values()) > _ENOUGH


def test_the_good_pod_fits_every_version(said: dict[str, str]) -> None:
    assert {case: reason for case, reason in said.items() if case.endswith(": good") and reason} == {}


def test_verdicts_are_the_same(said: dict[str, str], ours: dict[str, list[str]]) -> None:
    assert said.keys() == ours.keys()
    missed = [f"{case}: {reason}" for case, reason in said.items() if reason and not ours[case]]
    alarms = [f"{case}: {ours[case]}" for case, reason in said.items() if not reason and ours[case]]
    assert (missed, alarms) == ([], [])
