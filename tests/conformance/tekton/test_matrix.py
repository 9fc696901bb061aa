"""What Tekton's webhooks refuse is refused by us, and nothing that they accept is, but for what is known and listed.

The verdicts are those recorded, so this runs without Go.
"""

from __future__ import annotations

import pytest

from conformance.kubernetes import record
from conformance.kubernetes.held import MatrixTests
from conformance.kubernetes.matrix import Matrix, compared
from conformance.tekton.corpus import ALARMS, GAPS, RECORD, cases


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    return compared(cases(), RECORD)


def test_the_record_is_that_of_the_corpus() -> None:
    assert set(record.read(RECORD)) == {case.id for case in cases()}


def test_each_case_has_a_name_of_its_own() -> None:
    assert len({case.id for case in cases()}) == len(cases())


def test_the_corpus_is_large_and_of_both_sorts(matrix: Matrix) -> None:
    assert len(matrix.refused) > 2000
    assert len(matrix.accepted) > 2000


class TestWebhooks(MatrixTests):
    gaps, alarms = GAPS, ALARMS
