"""The manifests that the design document's environment manager makes: each file has one fault, and it is found.

The first lines of a file say what the fault is and which code finds it, or that none does yet.
"""

from __future__ import annotations

import re

import pytest

from greeter import ROOT
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.source import read_text

FOLDER = ROOT / "tests/cases/document"
FILES = sorted(FOLDER.glob("*.yaml"))
EXPECTED = re.compile(r"^# expect: (?:(K8S\d{3})|nothing yet)$", re.MULTILINE)


def _parameters() -> list[object]:
    yet = pytest.mark.xfail(reason="no rule covers it yet", strict=True)
    found = {file: EXPECTED.search(file.read_text("utf-8")) for file in FILES}
    assert [file.name for file, match in found.items() if match is None] == []
    return [
        pytest.param(file.name, match[1], id=file.stem, marks=() if match[1] else yet)
        for file, match in found.items()
        if match is not None
    ]


@pytest.mark.parametrize(("name", "code"), _parameters())
def test_the_fault_is_found(name: str, code: str | None) -> None:
    found = {diagnostic.code for diagnostic in validate([read_text(FOLDER / name)])[1]}
    assert code is not None
    assert code in found


def test_nothing_is_found_in_our_own() -> None:
    texts = [read_text(file) for file in sorted(ROOT.glob("examples/*/rendered/**/*.yaml"))]
    assert len(texts) > 20
    _, found = validate(texts)
    assert [str(diagnostic) for diagnostic in found if diagnostic.severity != "notice"] == []
