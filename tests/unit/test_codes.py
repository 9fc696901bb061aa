"""Every code that the source gives is described in docs/diagnostics.md, with the effect it has, and no other.

Rules describe themselves, and have pages of their own.
"""

from __future__ import annotations

import ast
import re
import textwrap
from pathlib import Path

import yaml

from greeter import ROOT
from itdo_platform_gen.derive.pages import pages
from itdo_platform_gen.reports.codes import codes

CODE = re.compile(r"[A-Z][A-Z0-9]{1,3}\d{3}")
ROW = re.compile(r"\| (\S+) \| (\w+) \| (.+) \| (.+) \|")
FAMILIES = {"BLP", "CNT", "CNV", "EXPR", "FILE", "K8S", "PLT", "SCH", "TPL", "VAL", "YAML"}


def _described() -> dict[str, str]:
    """Give the effect of each code in the page."""
    lines = (ROOT / "docs/diagnostics.md").read_text().splitlines()
    rows = [ROW.fullmatch(line) for line in lines if line.startswith("| ") and not line.startswith("| code")]
    codes = [(row[1], row[2]) for row in rows if row]
    assert len(codes) == len(rows), "a row has not its four cells"
    assert len(dict(codes)) == len(codes), "a code is described twice"
    return dict(codes)


def _used() -> dict[str, set[str]]:
    """Give the effects that each code in the source is given with."""
    found: dict[str, set[str]] = {}
    own = {code.code for code in codes().values() if code.has_page}
    for file in sorted((ROOT / "src").rglob("*.py")):
        tree = ast.parse(file.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.setdefault(node.value, set())
            if isinstance(node, ast.Call):
                _note(node, found)
    return {code: effects for code, effects in found.items() if code not in own}


def _note(call: ast.Call, found: dict[str, set[str]]) -> None:
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    effect = named.get("effect")
    for value in (*call.args, *named.values()):
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and CODE.fullmatch(value.value):
            effects = found.setdefault(value.value, set())
            if effect is None:
                effects.add("refused")
            elif isinstance(effect, ast.Constant):
                effects.add(str(effect.value))


def test_codes_used_and_codes_described_are_the_same() -> None:
    assert set(_used()) == set(_described())


def test_each_code_has_the_effect_described() -> None:
    described = _described()
    assert {code: effects for code, effects in _used().items() if effects and effects != {described[code]}} == {}


def test_each_code_belongs_to_a_family() -> None:
    assert {code[:-3] for code in _described()} == FAMILIES


def test_every_code_is_shown_in_a_case_or_test() -> None:
    texts = [file.read_text() for file in (ROOT / "tests").rglob("*") if file.suffix in {".py", ".yaml"}]
    shown = "\n".join(text for text in texts if Path(__file__).read_text() != text)
    assert [code for code in _described() if code not in shown] == []


def test_rules_have_pages_and_no_row() -> None:
    own = {code.code for code in codes().values() if code.has_page}
    assert own & set(_described()) == set()


def test_committed_pages_are_made_from_the_rules() -> None:
    """Otherwise: `python -m itdo_platform_gen.derive.pages`, and commit them."""
    folder = ROOT / "docs/checks"
    assert {page.name: page.read_text("utf-8") for page in folder.glob("*.md")} == pages()


def test_the_example_of_the_page_is_a_real_one() -> None:
    case = yaml.safe_load((ROOT / "tests/cases/errors/k8s-value.yaml").read_text())
    assert textwrap.indent(case["err"], "    ") in (ROOT / "docs/diagnostics.md").read_text()
