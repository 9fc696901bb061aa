"""Custom resources are judged as the real server judges them, their CRD standing among the documents.

Differences that are known stand in `known_custom.yaml`: `missed` is what the server refuses and we let pass, `alarm`
what it accepts and we call refused. With EVERY_CASE=true all values are tried on all fields.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from conformance.kubernetes.apiserver import VERSION
from conformance.kubernetes.corpus import HERE, dumped
from conformance.kubernetes.custom_corpus import DEFINITIONS, custom_corpus, definitions
from conformance.kubernetes.judgement import Judge
from conformance.kubernetes.known import known, outdated, unlisted
from itdo_platform_gen.checks.across.duplicates import RULE as DUPLICATES
from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.kubernetes.apiserver import ApiServer, Verdict

KNOWN = HERE / "known_custom.yaml"
EVERY = os.environ.get("EVERY_CASE") == "true"
_CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
_ESTABLISHED_WITHIN = 30.0


@pytest.fixture(scope="module")
def said(apiserver: ApiServer) -> Mapping[str, Verdict]:
    """Install the CRDs, and give what the server says of each case."""
    for definition in definitions():
        verdict = apiserver.request("POST", _CRDS, dumped(definition).encode())
        assert verdict.accepted, verdict.reason
    try:
        for definition in definitions():
            _wait(apiserver, definition["metadata"]["name"])
        return Judge(apiserver).verdicts(list(custom_corpus(every=EVERY)))
    finally:
        for definition in definitions():
            apiserver.request("DELETE", f"{_CRDS}/{definition['metadata']['name']}")


@pytest.fixture(scope="module")
def differences(said: Mapping[str, Verdict]) -> dict[str, str]:
    """Give the cases that we judge otherwise, with the server's reason or ours."""
    found = {}
    for case, ours in _refusals().items():
        if said[case].accepted and ours:
            found[f"alarm {case}"] = ", ".join(map(str, ours))
        elif not said[case].accepted and not ours:
            found[f"missed {case}"] = said[case].reason
    return found


def test_the_server_gives_both_verdicts_and_answers_always(said: Mapping[str, Verdict]) -> None:
    assert {verdict.status for verdict in said.values()} <= {201, 400, 422}
    assert sum(verdict.accepted for verdict in said.values()) > 500
    assert sum(not verdict.accepted for verdict in said.values()) > 500


def test_good_resources_are_accepted(said: Mapping[str, Verdict]) -> None:
    assert {
        case: verdict.reason for case, verdict in said.items() if case.endswith(":good") and not verdict.accepted
    } == {}


def test_verdicts_are_the_same_but_for_those_known(differences: Mapping[str, str]) -> None:
    assert [f"{case}: {differences[case]}" for case in unlisted(differences, known(KNOWN))] == []


def test_known_differences_are_still_there(differences: Mapping[str, str]) -> None:
    assert outdated(differences, known(KNOWN)) == []


def _refusals() -> dict[str, list[str]]:
    """Give what we find in each case that the server would refuse it for; they stand together, as in a repository."""
    cases = {case.id: case for case in custom_corpus(every=EVERY)}
    texts = [Text(DEFINITIONS.name, DEFINITIONS.read_text(encoding="utf-8"))]
    texts += [Text(case.id, case.yaml) for case in cases.values()]
    found: dict[str, list[str]] = {case: [] for case in cases}
    for diagnostic in examine(texts, (VERSION,)).diagnostics:
        # Cases of one good resource have the same name.
        if diagnostic.effect == "refused" and diagnostic.is_error and diagnostic.code != DUPLICATES.code:
            assert diagnostic.file in found, diagnostic
            found[diagnostic.file].append(str(diagnostic))
    return found


def _wait(server: ApiServer, name: str) -> None:
    """Wait until the kinds of a CRD are served."""
    deadline = time.monotonic() + _ESTABLISHED_WITHIN
    while time.monotonic() < deadline:
        conditions = server.request("GET", f"{_CRDS}/{name}").body.get("status", {}).get("conditions") or []
        if any(condition["type"] == "Established" and condition["status"] == "True" for condition in conditions):
            return
        time.sleep(0.1)
    pytest.fail(f"{name} was not established in {_ESTABLISHED_WITHIN:.0f} s")
