"""What the real server refuses is refused by us, and nothing that it accepts is, but for what is known and listed.

The verdicts are those recorded, so this runs without a server.
"""

from __future__ import annotations

import pytest

from conformance.kubernetes import record
from conformance.kubernetes.corpus import corpus
from conformance.kubernetes.held import MatrixTests
from conformance.kubernetes.known import ALARMS, GAPS
from conformance.kubernetes.matrix import Matrix, compared


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    return compared(corpus())


def test_the_record_is_that_of_the_corpus() -> None:
    assert set(record.read()) == {case.id for case in corpus()}


def test_the_corpus_is_large_and_of_both_sorts(matrix: Matrix) -> None:
    assert len(matrix.refused) > 1000
    assert len(matrix.accepted) > 1000


class TestServer(MatrixTests):
    gaps, alarms = GAPS, ALARMS
