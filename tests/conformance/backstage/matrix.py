"""Matrix: how our verdicts on the corpus compare with those of the catalog and the scaffolder, as recorded.

    python tests/conformance/backstage/matrix.py

prints, of entities by kind and of the runs of templates, how many are refused or stopped and missed by us, and how many
are told though nothing came of them.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

    from conformance.backstage import record_runs
    from conformance.backstage.corpus import RECORD, cases, runs
    from conformance.backstage.verdicts import REFUSED, STOPPED, about_the_run, faults
    from conformance.kubernetes import record

    def _told(name: str, wrong: list[bool], right: list[bool]) -> str:
        missed, alarms = wrong.count(False), right.count(True)
        return f"{name:12} refused {len(wrong):4}, missed {missed:3}   accepted {len(right):4}, false alarms {alarms:3}"

    verdicts, found = record.read(RECORD), faults(cases(), REFUSED)
    kinds: dict[str, tuple[list[bool], list[bool]]] = defaultdict(lambda: ([], []))
    for case in cases():
        for name in ("all kinds", case.kind):
            kinds[name][verdicts[case.id]].append(bool(found[case.id]))
    lines = [_told(name, *parts) for name, parts in sorted(kinds.items(), key=lambda item: item[0].lower())]
    outcomes, stopped = record_runs.read(), faults(runs(), STOPPED)
    ends = [bool(stopped[case]) for case, outcome in outcomes.items() if outcome == "stopped"]
    same = [bool(about_the_run(stopped[case])) for case, outcome in outcomes.items() if outcome == "same"]
    other = [bool(stopped[case]) for case, outcome in outcomes.items() if outcome == "other"]
    lines += ["", _told("runs", ends, same), f"{'':12} with another result {len(other)}, told {other.count(True)}"]
    print("\n".join(lines))  # noqa: T201  what the command is for
