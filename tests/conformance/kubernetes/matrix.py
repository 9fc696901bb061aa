"""Matrix: how our verdicts on the corpus compare with those of the real server, as recorded.

    python tests/conformance/kubernetes/matrix.py

prints the totals, those of each kind, and the fields in which most is missed; with `--shrink` it also takes out of the
lists of known gaps and alarms what is none any more.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from conformance.kubernetes import record
from conformance.kubernetes.corpus import HERE, corpus
from conformance.kubernetes.known import ALARMS, GAPS, known, shrink, unlisted
from conformance.kubernetes.ours import CRASH, refusals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conformance.kubernetes.corpus import Case
    from itdo_platform_gen.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Matrix:
    """The ids of the cases by what the server says and what we say."""

    refused: tuple[str, ...]
    """Refused by the server."""
    accepted: tuple[str, ...]
    missed: tuple[str, ...]
    """Refused by the server, and not by us, or we crash."""
    alarms: Mapping[str, Sequence[Diagnostic]]
    """Accepted by the server, with what we would refuse it for, or the crash."""

    def __str__(self) -> str:
        """Give the counts on a line."""
        missed, alarms = len(self.missed), len(self.alarms)
        return (
            f"refused {len(self.refused):5}, missed {missed:4} ({_percent(missed, self.refused)})   "
            f"accepted {len(self.accepted):5}, false alarms {alarms:3} ({_percent(alarms, self.accepted)})"
        )


def compared(cases: Iterable[Case], recorded: Path = record.FILE) -> Matrix:
    """Compare our verdicts with those recorded."""
    verdicts = record.read(recorded)
    return matrix_of(verdicts, refusals(case for case in cases if case.id in verdicts))


def matrix_of(verdicts: Mapping[str, bool], ours: Mapping[str, Sequence[Diagnostic]]) -> Matrix:
    """Sort cases by the verdicts recorded and what we find in each."""
    refused = tuple(case for case in ours if not verdicts[case])
    accepted = tuple(case for case in ours if verdicts[case])
    missed = tuple(case for case in refused if all(d.code == CRASH for d in ours[case]))
    return Matrix(refused, accepted, missed, {case: ours[case] for case in accepted if ours[case]})


def _percent(part: int, whole: Sequence[str]) -> str:
    return f"{100 * part / len(whole):.2f} %" if whole else "-"


def _field(case: str) -> str:
    """Give the last keys of the place of a case: the field that is not looked at enough."""
    place = re.sub(r"\[\d+\]", "[]", case.partition("/")[2].rpartition(":")[0])
    return ".".join(place.split(".")[-2:]) or case


def main(folder: Path = HERE, cases: Sequence[Case] = ()) -> None:
    """Print the matrix of the corpus in a folder, or of some of its cases."""
    gaps, alarms = folder / GAPS.name, folder / ALARMS.name
    cases = cases or list(corpus(folder))
    verdicts = record.read(folder / record.FILE.name)
    ours = refusals(case for case in cases if case.id in verdicts)
    kinds: dict[str, dict[str, list[Diagnostic]]] = defaultdict(dict)
    for case in cases:
        if case.id in ours:
            kinds[case.kind][case.id] = ours[case.id]
    whole = matrix_of(verdicts, ours)
    lines = [f"{'all kinds':32} {whole}", ""]
    lines += [f"{kind:32} {matrix_of(verdicts, found)}" for kind, found in sorted(kinds.items())]
    lines += ["", "crashes:"]
    lines += [f"      {case}: {d.message}" for case, found in ours.items() for d in found if d.code == CRASH]
    lines += ["", "missed most:"]
    lines += [f"{count:5} {field}" for field, count in Counter(map(_field, whole.missed)).most_common(40)]
    lines += ["", "false alarms:"]
    lines += [f"      {case}: {', '.join(f'{d.code} {d.path}' for d in found)}" for case, found in whole.alarms.items()]
    if "--shrink" in sys.argv[1:]:
        shrink(gaps, whole.missed)
        shrink(alarms, whole.alarms)
    lines += ["", "listed nowhere:"]
    lines += [f"      {case}" for case in unlisted(whole.missed, known(gaps)) + unlisted(whole.alarms, known(alarms))]
    print("\n".join(lines))  # noqa: T201  what the command is for


if __name__ == "__main__":
    main()
