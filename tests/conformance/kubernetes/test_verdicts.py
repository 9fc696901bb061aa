"""The record is what the real server says.

To record anew, after a change of the corpus or of the server, run with RECORD_VERDICTS=true.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from conformance.kubernetes import record
from conformance.kubernetes.corpus import corpus
from conformance.kubernetes.judgement import Judge

if TYPE_CHECKING:
    from conformance.kubernetes.apiserver import ApiServer


def test_the_record_is_what_the_server_says(apiserver: ApiServer) -> None:
    judge = Judge(apiserver)
    judge.prepare()
    said = judge.verdicts(list(corpus()))
    accepted = {case: verdict.accepted for case, verdict in said.items()}
    if os.environ.get("RECORD_VERDICTS") == "true":
        record.write(accepted)
    recorded = record.read()
    differing = [case for case in accepted if recorded.get(case) is not accepted[case]]
    assert [f"{case}: {said[case].status} {said[case].reason}" for case in differing] == []
    assert len(recorded) == len(accepted)
