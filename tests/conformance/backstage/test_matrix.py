"""What the catalog refuses and what stops a task is told by us, and nothing else is, but for what is known and listed.

The verdicts are those recorded, so this runs without Node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.backstage import record_runs
from conformance.backstage.corpus import ALARMS, GAPS, RECORD, RUN_ALARMS, RUN_GAPS, cases, runs
from conformance.backstage.verdicts import REFUSED, STOPPED, about_the_run, faults
from conformance.kubernetes import record
from conformance.kubernetes.known import known, outdated, unlisted
from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.schema.store import kubernetes_versions
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from itdo_platform_gen.diagnostics import Diagnostic

    Found = dict[str, list[Diagnostic]]
    Find = Callable[[Found], list[str]]


@pytest.fixture(scope="module")
def refused() -> Found:
    return faults(cases(), REFUSED)


@pytest.fixture(scope="module")
def stopped() -> Found:
    return faults(runs(), STOPPED)


def _missed(found: Found) -> list[str]:
    return [case for case, is_accepted in record.read(RECORD).items() if not is_accepted and not found[case]]


def _alarms(found: Found) -> list[str]:
    return [case for case, is_accepted in record.read(RECORD).items() if is_accepted and found[case]]


def _missed_runs(found: Found) -> list[str]:
    return [case for case, outcome in record_runs.read().items() if outcome == "stopped" and not found[case]]


def _alarms_of_runs(found: Found) -> list[str]:
    return [case for case, outcome in record_runs.read().items() if outcome == "same" and about_the_run(found[case])]


def test_the_records_are_those_of_the_corpus() -> None:
    assert set(record.read(RECORD)) == {case.id for case in cases()}
    assert set(record_runs.read()) == {case.id for case in runs()}


def test_the_corpus_is_large_and_of_all_sorts() -> None:
    verdicts = list(record.read(RECORD).values())
    assert min(verdicts.count(True), verdicts.count(False)) > 500
    outcomes = list(record_runs.read().values())
    assert min(outcomes.count(outcome) for outcome in ("other", "same", "stopped")) > 100


def test_good_entities_are_accepted() -> None:
    verdicts = record.read(RECORD)
    good = [case for case in verdicts if case.endswith(":good")]
    assert len(good) >= 9
    assert [case for case in good if not verdicts[case]] == []


@pytest.mark.parametrize(
    ("find", "judged", "file"),
    [
        (_missed, "refused", GAPS),
        (_alarms, "refused", ALARMS),
        (_missed_runs, "stopped", RUN_GAPS),
        (_alarms_of_runs, "stopped", RUN_ALARMS),
    ],
    ids=["missed", "alarms", "missed runs", "alarms of runs"],
)
def test_where_we_differ_is_known(request: pytest.FixtureRequest, find: Find, judged: str, file: Path) -> None:
    """Each difference is listed with its reason; what we have learned since has to be taken out."""
    found: Found = request.getfixturevalue(judged)
    differing = find(found)
    assert [f"{case}: {', '.join(map(str, found[case]))}" for case in unlisted(differing, known(file))] == []
    assert outdated(differing, known(file)) == []


def test_hardly_anything_is_missed(refused: Found) -> None:
    verdicts = list(record.read(RECORD).values())
    assert len(_missed(refused)) <= verdicts.count(False) / 100
    assert len(_alarms(refused)) <= verdicts.count(True) / 1000


def test_rules_of_kubernetes_leave_entities_alone() -> None:
    """What is told under its codes is structure alone: schemas, kinds and versions."""
    texts = [Text(case.id, case.yaml) for case in cases()]
    found = examine(texts, kubernetes_versions()[-1:], each=True).diagnostics
    assert {d.code for d in found if not d.code.startswith("BST")} == {"K8S001", "K8S002", "K8S003"}
