"""What Backstage refuses is an error of ours, and nothing that it takes is refused, but for what is known and listed.

The verdicts are those recorded, so this runs without Node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.backstage.config.corpus import ALARMS, GAPS, RECORD, cases
from conformance.backstage.config.matrix import compared
from conformance.kubernetes import record
from conformance.kubernetes.held import MatrixTests

if TYPE_CHECKING:
    from conformance.kubernetes.matrix import Matrix


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


class TestPortals(MatrixTests):
    gaps, alarms = GAPS, ALARMS
