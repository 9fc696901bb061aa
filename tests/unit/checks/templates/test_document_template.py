"""The template of the design document: what never works in it is reported at its line, with the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from greeter import ROOT
from itdo_platform_gen.checks.files import GivenFiles
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.source import read_text

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic

FILE = ROOT / "tests/cases/document/backstage/template.yaml"

# the text of the line, what finds it, its effect, and a part of the hint
FAULTS = [
    ("allowedHosts: ['github.com']", "BST307", "fails", "ui:options of the form's RepoUrlPicker"),
    ("action: github:actions:create", "BST306", "fails", "the tree that fetch:template renders"),
    ("action: fetch:template", "BST311", "advice", "templateFileExtension: .jinja"),
    ("python_version: ${{ parameters.python_version }}", "BST310", "advice", "default('3.13')"),
    ("database_required: ${{ parameters.database_required }}", "BST310", "advice", "default(true)"),
    ("workflowContent: |", "BST310", "advice", "default('3.13')"),
    ("owner: platform-team", "BST213", "advice", "Group/platform-team"),
]


@pytest.fixture(scope="module")
def found() -> list[Diagnostic]:
    return validate([read_text(FILE)])[1]


@pytest.mark.parametrize(("line", "code", "effect", "hint"), FAULTS)
def test_the_fault_is_at_its_line(found: list[Diagnostic], line: str, code: str, effect: str, hint: str) -> None:
    lines = FILE.read_text("utf-8").splitlines()
    there = [d for d in found if d.code == code and line in lines[(d.line or 1) - 1]]
    assert [d.effect for d in there] == [effect]
    assert hint in (there[0].hint or "")


def test_nothing_else_is_found(found: list[Diagnostic]) -> None:
    assert len(found) == len(FAULTS)


def test_the_workflow_of_the_tree_would_be_emptied() -> None:
    """The tree is not in the document; with a workflow in it, as the document's own step writes one, it is sure."""
    folder = str(FILE.parent)
    tree = {
        f"{folder}/content/.github/workflows/ci.yml": "env:\n  REF: ${{ github.ref }}\n",
        f"{folder}/content/catalog-info.yaml": "name: ${{ values.name }}\nsystem: ${{ values.system }}\n",
    }
    _, found = validate([read_text(FILE)], files=GivenFiles(tree))
    told = {d.code: (d.effect, d.message) for d in found if d.code in {"BST311", "BST312"}}
    assert told["BST311"] == (
        "fails",
        f"{folder}/content/.github/workflows/ci.yml:2 has ${{{{ github.ref }}}}, which the scaffolder empties",
    )
    assert told["BST312"][0] == "fails"
    assert "the value system, which" in told["BST312"][1]
    assert "catalog-info.yaml:2 uses" in told["BST312"][1]
