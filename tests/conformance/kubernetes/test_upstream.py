"""Documents that Kubernetes' own module ships, written by many hands: we call refused what the real server refuses.

They are in Go's cache, where the server is built from them; what they are is not ours, and so none of them is here.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.kubernetes.apiserver import MODULE
from conformance.kubernetes.corpus import Case
from conformance.kubernetes.documents import read_documents
from conformance.kubernetes.judgement import Judge
from conformance.kubernetes.ours import refusals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.kubernetes.apiserver import ApiServer, Verdict

_FOLDERS = ("cluster", "hack", "plugin", "test")
_LARGEST = 60_000
_AT_HOME = ("default", "kube-public", "kube-system")
# Refusals for what the server lacks that is asked, such as a ServiceAccount.
_OF_THE_CLUSTER = re.compile(r"not found|already exists|no PriorityClass")


@pytest.fixture(scope="module")
def cases(programs: Path) -> list[Case]:  # noqa: ARG001  the module is there once the server is built
    listed = ["go", "list", "-m", "-f", "{{.Dir}}", "k8s.io/kubernetes"]
    folder = subprocess.run(listed, cwd=MODULE, capture_output=True, text=True, check=True).stdout.strip()
    return list(_cases(Path(folder)))


@pytest.fixture(scope="module")
def verdicts(apiserver: ApiServer, cases: list[Case]) -> Mapping[str, Verdict]:
    judge = Judge(apiserver)
    judge.prepare()
    served = [case for case in cases if judge.serves(case.original)]
    said = judge.verdicts(served)
    return {case: verdict for case, verdict in said.items() if verdict.status not in {404, 409}}


def _cases(folder: Path) -> Iterator[Case]:
    files = [file for name in _FOLDERS for file in sorted((folder / name).rglob("*.yaml"))]
    for file in files:
        if file.stat().st_size > _LARGEST:
            continue
        for number, document in enumerate(read_documents(file)):
            metadata = document["metadata"]
            if "name" not in metadata:
                continue
            metadata["namespace"] = metadata.get("namespace") or "default"
            if metadata["namespace"] not in _AT_HOME:
                metadata["namespace"] = "default"
            yield Case(f"{file.relative_to(folder)}#{number}", document, document)


def test_we_agree_with_the_server(cases: list[Case], verdicts: Mapping[str, Verdict]) -> None:
    judged = [case for case in cases if case.id in verdicts]
    ours = refusals(judged)
    accepted = [case.id for case in judged if verdicts[case.id].accepted]
    assert len(accepted) > 200
    assert {case: [str(found) for found in ours[case]] for case in accepted if ours[case]} == {}
    missed = {case.id: verdicts[case.id].reason for case in judged if case.id not in accepted and not ours[case.id]}
    assert {case: reason for case, reason in missed.items() if not _OF_THE_CLUSTER.search(reason)} == {}
