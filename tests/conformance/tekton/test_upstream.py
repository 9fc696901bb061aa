"""Documents that Tekton's own modules ship as examples: we call refused what their admission code refuses.

They are in Go's cache, where the judge is built from the same modules; what they are is not ours, and so none of them
is here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.kubernetes.corpus import Case
from conformance.kubernetes.documents import read_documents
from conformance.kubernetes.known import known, outdated, unlisted
from conformance.kubernetes.ours import refusals
from conformance.tekton.corpus import HERE
from conformance.tekton.judge import module_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.tekton.judge import Judge, Verdict
    from itdo_platform_gen.diagnostics import Diagnostic

KNOWN = HERE / "known_upstream.yaml"
_MODULES = ("github.com/tektoncd/pipeline", "github.com/tektoncd/triggers")
_GROUPS = ("resolution.tekton.dev/", "tekton.dev/", "triggers.tekton.dev/")


@pytest.fixture(scope="module")
def examples(judge: Judge) -> list[Case]:  # noqa: ARG001  the modules are there once the judge is built
    return [case for path in _MODULES for case in _examples(path)]


@pytest.fixture(scope="module")
def said(judge: Judge, examples: list[Case]) -> Mapping[str, Verdict]:
    return judge.verdicts({case.id: case.yaml for case in examples})


@pytest.fixture(scope="module")
def ours(examples: list[Case]) -> Mapping[str, list[Diagnostic]]:
    return refusals(examples)


def _examples(path: str) -> Iterator[Case]:
    folder = module_folder(path)
    for file in sorted((folder / "examples").rglob("*.yaml")):
        for number, document in enumerate(read_documents(file)):
            if str(document["apiVersion"]).startswith(_GROUPS):
                yield Case(f"{folder.name.partition('@')[0]}/{file.relative_to(folder)}#{number}", document, document)


def test_there_are_many(said: Mapping[str, Verdict]) -> None:
    assert sum(verdict.accepted for verdict in said.values()) > 350


def test_nothing_that_is_accepted_is_refused(said: Mapping[str, Verdict], ours: Mapping[str, list[Diagnostic]]) -> None:
    alarms = {f"alarm {case}": ours[case] for case, verdict in said.items() if verdict.accepted and ours[case]}
    assert {case: [str(found) for found in alarms[case]] for case in unlisted(alarms, known(KNOWN))} == {}


def test_nothing_that_is_refused_passes(said: Mapping[str, Verdict], ours: Mapping[str, list[Diagnostic]]) -> None:
    missed = {f"missed {case}": verdict.reason for case, verdict in said.items() if _is_missed(verdict, ours[case])}
    assert {case: missed[case] for case in unlisted(missed, known(KNOWN))} == {}


def test_known_differences_are_still_there(said: Mapping[str, Verdict], ours: Mapping[str, list[Diagnostic]]) -> None:
    differing = [f"alarm {case}" for case, verdict in said.items() if verdict.accepted and ours[case]]
    differing += [f"missed {case}" for case, verdict in said.items() if _is_missed(verdict, ours[case])]
    assert outdated(differing, known(KNOWN)) == []


def _is_missed(verdict: Verdict, found: list[Diagnostic]) -> bool:
    return not verdict.accepted and not found
