"""Matrix: how our verdicts on the corpus of app-configs compare with those of Backstage, as recorded.

    python tests/conformance/backstage/config/matrix.py

What Backstage refuses and in which we find no error is missed. What it takes and we call refused is a false alarm; that
we say of it that it fails is none, since a portal that starts may still not work.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[3]))

from conformance.backstage.config.corpus import ALARMS, GAPS, RECORD, cases
from conformance.backstage.config.ours import errors
from conformance.kubernetes import record
from conformance.kubernetes.known import known, unlisted
from conformance.kubernetes.ours import CRASH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from itdo_platform_gen.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Matrix:
    """The ids of the cases by what Backstage says and what we say."""

    refused: tuple[str, ...]
    accepted: tuple[str, ...]
    missed: tuple[str, ...]
    alarms: Mapping[str, Sequence[Diagnostic]]

    def __str__(self) -> str:
        """Give the counts on a line."""
        return (
            f"refused {len(self.refused)}, missed {len(self.missed)}   "
            f"accepted {len(self.accepted)}, false alarms {len(self.alarms)}"
        )


def compared() -> Matrix:
    """Compare our verdicts with those recorded."""
    verdicts = record.read(RECORD)
    found = errors([case for case in cases() if case.id in verdicts])
    ours = {case: [d for d in list_ if d.effect == "refused" or d.code == CRASH] for case, list_ in found.items()}
    refused = tuple(case for case in found if not verdicts[case])
    accepted = tuple(case for case in found if verdicts[case])
    missed = tuple(case for case in refused if all(d.code == CRASH for d in found[case]))
    return Matrix(refused, accepted, missed, {case: ours[case] for case in accepted if ours[case]})


def main() -> None:
    """Print the matrix, and what is listed nowhere."""
    whole = compared()
    lines = [str(whole), *(f"missed: {case}" for case in unlisted(whole.missed, known(GAPS)))]
    lines += [f"false alarm: {case}: {whole.alarms[case][0]}" for case in unlisted(whole.alarms, known(ALARMS))]
    print("\n".join(lines))  # noqa: T201  what the command is for


if __name__ == "__main__":
    main()
