"""What the blueprints of Tekton render is accepted by its real admission code, in every case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.sources import ROOT
from itdo_platform_gen.render.emit import emit
from itdo_platform_gen.testing import cases, render_case

if TYPE_CHECKING:
    from conformance.tekton.judge import Judge

CASES = [(name, case) for name in ("tekton-pipeline", "tekton-task") for case in cases(ROOT / "blueprints" / name)]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_the_webhooks_accept_every_document(name: str, case: str, judge: Judge) -> None:
    documents = render_case(ROOT / "blueprints" / name, case).documents
    tekton = {str(d.resource): emit(d.data) for d in documents if "tekton.dev/" in d.api_version}
    assert tekton
    verdicts = judge.verdicts(tekton)
    assert {resource: verdicts[resource].reason for resource in tekton if not verdicts[resource].accepted} == {}
