"""What the real server refuses is refused by us, and nothing that it accepts is, but for what is known and listed.

The verdicts are those recorded, so this runs without a server.
"""

from __future__ import annotations

import pytest

from conformance.kubernetes import record
from conformance.kubernetes.corpus import corpus
from conformance.kubernetes.known import ALARMS, GAPS, known, outdated, unlisted
from conformance.kubernetes.matrix import Matrix, compared


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    return compared(corpus())


def test_the_record_is_that_of_the_corpus() -> None:
    assert set(record.read()) == {case.id for case in corpus()}


def test_the_corpus_is_large_and_of_both_sorts(matrix: Matrix) -> None:
    assert len(matrix.refused) > 1000
    assert len(matrix.accepted) > 1000


def test_good_documents_are_accepted(matrix: Matrix) -> None:
    assert [case for case in matrix.refused if case.endswith(":good")] == []


def test_nothing_that_the_server_refuses_passes_unless_known(matrix: Matrix) -> None:
    assert unlisted(matrix.missed, known(GAPS)) == []


def test_nothing_that_the_server_accepts_is_refused_unless_known(matrix: Matrix) -> None:
    found = unlisted(matrix.alarms, known(ALARMS))
    assert [f"{case}: {', '.join(map(str, matrix.alarms[case]))}" for case in found] == []


def test_known_gaps_are_still_there(matrix: Matrix) -> None:
    """What we have learned since has to be taken out of the list, so that it only shrinks."""
    assert outdated(matrix.missed, known(GAPS)) == []


def test_known_alarms_are_still_there(matrix: Matrix) -> None:
    assert outdated(matrix.alarms, known(ALARMS)) == []
