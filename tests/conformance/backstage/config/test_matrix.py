"""What Backstage refuses is an error of ours, and nothing that it takes is refused, but for what is known and listed.

The verdicts are those recorded, so this runs without Node.
"""

from __future__ import annotations

import pytest

from conformance.backstage.config.corpus import ALARMS, GAPS, RECORD, cases
from conformance.backstage.config.matrix import Matrix, compared
from conformance.kubernetes import record
from conformance.kubernetes.known import known, outdated, unlisted


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    return compared()


def test_the_record_is_that_of_the_corpus() -> None:
    assert set(record.read(RECORD)) == {case.id for case in cases()}


def test_each_case_has_a_name_of_its_own() -> None:
    assert len({case.id for case in cases()}) == len(cases())


def test_the_corpus_is_of_both_sorts(matrix: Matrix) -> None:
    assert len(matrix.refused) > 400
    assert len(matrix.accepted) > 400


def test_good_portals_start(matrix: Matrix) -> None:
    assert [case for case in matrix.refused if case.endswith(":good")] == []


def test_nothing_that_backstage_refuses_passes_unless_known(matrix: Matrix) -> None:
    assert unlisted(matrix.missed, known(GAPS)) == []


def test_nothing_that_backstage_takes_is_refused_unless_known(matrix: Matrix) -> None:
    found = unlisted(matrix.alarms, known(ALARMS))
    assert [f"{case}: {', '.join(map(str, matrix.alarms[case]))}" for case in found] == []


def test_known_gaps_are_still_there(matrix: Matrix) -> None:
    """What we have learned since has to be taken out of the list, so that it only shrinks."""
    assert outdated(matrix.missed, known(GAPS)) == []


def test_known_alarms_are_still_there(matrix: Matrix) -> None:
    assert outdated(matrix.alarms, known(ALARMS)) == []
