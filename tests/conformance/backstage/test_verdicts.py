"""The records are what Backstage's catalog and scaffolder say.

To record anew, after a change of the corpus or of the packages, run with RECORD_VERDICTS=true.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from conformance.backstage import record_runs
from conformance.backstage.corpus import RECORD, cases, runs
from conformance.backstage.verdicts import accepted, comes_to, ran
from conformance.kubernetes import record

if TYPE_CHECKING:
    from pathlib import Path

_ANEW = os.environ.get("RECORD_VERDICTS") == "true"
_GOOD = "python-service:good"


def test_the_record_is_what_the_catalog_says(modules: Path) -> None:
    said = accepted(modules, cases())
    verdicts = {case: bool(told["accepted"]) for case, told in said.items()}
    if _ANEW:
        record.write(verdicts, RECORD)
    recorded = record.read(RECORD)
    assert [f"{case}: {said[case]['told']}" for case in verdicts if recorded.get(case) is not verdicts[case]] == []
    assert len(recorded) == len(verdicts)


def test_the_record_is_what_the_scaffolder_does(modules: Path) -> None:
    said = ran(modules, runs())
    assert said[_GOOD]["ran"], said[_GOOD]["told"]
    outcomes = {case: comes_to(told, said[_GOOD]) for case, told in said.items()}
    if _ANEW:
        record_runs.write(outcomes)
    recorded = record_runs.read()
    assert [f"{case}: {said[case]['told']}" for case in outcomes if recorded.get(case) != outcomes[case]] == []
    assert len(recorded) == len(outcomes)
