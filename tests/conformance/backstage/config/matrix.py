"""Matrix: how our verdicts on the corpus of app-configs compare with those of Backstage, as recorded.

    python tests/conformance/backstage/config/matrix.py

What Backstage refuses and in which we find no error is missed. What it takes and we call refused is a false alarm; that
we say of it that it fails is none, since a portal that starts may still not work.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[3]))

from conformance.backstage.config.corpus import ALARMS, GAPS, RECORD, cases
from conformance.backstage.config.ours import errors
from conformance.kubernetes import record
from conformance.kubernetes.known import known, unlisted
from conformance.kubernetes.matrix import Matrix, matrix_of
from conformance.kubernetes.ours import CRASH


def compared() -> Matrix:
    """Compare our verdicts with those recorded."""
    verdicts = record.read(RECORD)
    found = errors([case for case in cases() if case.id in verdicts])
    matrix = matrix_of(verdicts, found)
    alarms = {case: [d for d in told if d.effect == "refused" or d.code == CRASH] for case, told in found.items()}
    return replace(matrix, alarms={case: alarms[case] for case in matrix.accepted if alarms[case]})


def main() -> None:
    """Print the matrix, and what is listed nowhere."""
    whole = compared()
    lines = [str(whole), *(f"missed: {case}" for case in unlisted(whole.missed, known(GAPS)))]
    lines += [f"false alarm: {case}: {whole.alarms[case][0]}" for case in unlisted(whole.alarms, known(ALARMS))]
    print("\n".join(lines))  # noqa: T201  what the command is for


if __name__ == "__main__":
    main()
