"""The record is what Tekton's admission code says.

To record anew, after a change of the corpus or of the modules, run with RECORD_VERDICTS=true. In CI, and with
EVERY_CASE=true, it is asked about all faults on all places, and what we say of them is compared at once.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from conformance.kubernetes import record
from conformance.kubernetes.corpus import corpus
from conformance.kubernetes.known import known, unlisted
from conformance.kubernetes.ours import refusals
from conformance.tekton.corpus import ALARMS, GAPS, HERE, RECORD, cases

if TYPE_CHECKING:
    from conformance.tekton.judge import Judge


def test_the_record_is_what_the_webhooks_say(judge: Judge) -> None:
    said = judge.verdicts({case.id: json.dumps(case.document) for case in cases()})
    accepted = {case: verdict.accepted for case, verdict in said.items()}
    if os.environ.get("RECORD_VERDICTS") == "true":
        record.write(accepted, RECORD)
    recorded = record.read(RECORD)
    differing = [case for case in accepted if recorded.get(case) is not accepted[case]]
    assert [f"{case}: {said[case].reason}" for case in differing] == []
    assert len(recorded) == len(accepted)


@pytest.mark.skipif("true" not in map(os.environ.get, ("CI", "EVERY_CASE")), reason="takes minutes: EVERY_CASE=true")
def test_every_case_is_judged_as_the_webhooks_do(judge: Judge) -> None:
    every = list(corpus(HERE, every=True))
    said = judge.verdicts({case.id: json.dumps(case.document) for case in every})
    ours = refusals(every)
    missed = [case for case, verdict in said.items() if not verdict.accepted and not ours[case]]
    alarms = [case for case, verdict in said.items() if verdict.accepted and ours[case]]
    assert [f"{case}: {said[case].reason}" for case in unlisted(missed, known(GAPS))] == []
    assert [f"{case}: {', '.join(map(str, ours[case]))}" for case in unlisted(alarms, known(ALARMS))] == []


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("apiVersion: tekton.dev/v2\nkind: Task\n", "unhandled kind"),
        ("kind: Task\nkind: Task\n", "already set"),
        ("apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a}\nspec: {step: []}\n", "unknown field"),
        ("apiVersion: tekton.dev/v1\nkind: Task\nspec: {steps: [{image: a}]}\n", "name or generateName is required"),
        ("apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a}\nspec: {steps: []}\n", "validation failed"),
    ],
)
def test_the_judge_refuses_at_every_stage(judge: Judge, document: str, reason: str) -> None:
    verdict = judge.verdicts({"a": document})["a"]
    assert not verdict.accepted
    assert reason in verdict.reason


def test_the_judge_answers_under_the_name_it_was_asked_by(judge: Judge) -> None:
    task = "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a}\nspec: {steps: [{image: a}]}\n"
    said = judge.verdicts({str(number): task if number % 2 else "kind: Task" for number in range(100)})
    assert list(said) == [str(number) for number in range(100)]
    assert [verdict.accepted for verdict in said.values()] == [number % 2 == 1 for number in range(100)]
