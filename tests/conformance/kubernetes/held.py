"""Held: the tests that every matrix of recorded verdicts has to pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.kubernetes.known import known, outdated, unlisted

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.kubernetes.matrix import Matrix


class MatrixTests:
    """A test class takes these over, and has the lists of what is known and a fixture `matrix`."""

    gaps: Path
    alarms: Path

    def test_good_documents_are_accepted(self, matrix: Matrix) -> None:
        assert [case for case in matrix.refused if case.endswith(":good")] == []

    def test_nothing_that_is_refused_passes_unless_known(self, matrix: Matrix) -> None:
        assert unlisted(matrix.missed, known(self.gaps)) == []

    def test_nothing_that_is_accepted_is_refused_unless_known(self, matrix: Matrix) -> None:
        found = unlisted(matrix.alarms, known(self.alarms))
        assert [f"{case}: {', '.join(map(str, matrix.alarms[case]))}" for case in found] == []

    def test_known_gaps_are_still_there(self, matrix: Matrix) -> None:
        """What we have learned since has to be taken out of the list, so that it only shrinks."""
        assert outdated(matrix.missed, known(self.gaps)) == []

    def test_known_alarms_are_still_there(self, matrix: Matrix) -> None:
        assert outdated(matrix.alarms, known(self.alarms)) == []
