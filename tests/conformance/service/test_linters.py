"""What others say of a service's files: zizmor, actionlint, hadolint and Gitleaks find nothing, by all their rules."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from conformance.gomodules import ACTIONLINT, GITLEAKS, built
from conformance.service.combinations import combinations, distinct, each_file
from conformance.service.command import run
from conformance.service.tools import tool
from conformance.toolchain import need

if TYPE_CHECKING:
    from pathlib import Path

ON_GITHUB = [combination for combination in combinations() if combination.values["ci_provider"] == "github"]
WORKFLOWS = [f"{name}/.github/workflows" for name in distinct(".github/workflows", of=ON_GITHUB)]
DOCKERFILES = [f"{name}/Dockerfile" for name in distinct("Dockerfile", of=combinations())]
TO_BE_PINNED = "unpinned-images"
"""Databases of the tests: a template that pinned their digests would only be out of date; Renovate pins them."""

BAD_WORKFLOW = """\
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: echo "${{ github.event.head_commit.message }} $(ls *)"
      - run: echo ${{ steps.none.outputs.x }}
"""


def test_zizmor_finds_nothing(trees: Path) -> None:
    """Even as an auditor asks, but for the images of services."""
    assert WORKFLOWS
    run([tool("zizmor"), "--offline", "--no-progress", "--no-config", "--quiet", *WORKFLOWS], trees).passed()
    strict = _zizmor(WORKFLOWS, trees)
    assert {finding for finding in strict if finding[0] != TO_BE_PINNED} == set()
    assert {place for _, place in strict} <= {"ci.yaml"}


def test_zizmor_finds_faults(tmp_path: Path) -> None:
    """Else the test above could not fail."""
    found = _zizmor([_workflow(tmp_path)], tmp_path)
    assert {"unpinned-uses", "template-injection", "artipacked", "excessive-permissions"} <= {rule for rule, _ in found}


def test_actionlint_finds_nothing(trees: Path) -> None:
    """With shellcheck for what workflows run."""
    files = [str(file.relative_to(trees)) for folder in WORKFLOWS for file in sorted((trees / folder).iterdir())]
    assert len(files) >= 3 * len(WORKFLOWS)
    assert run(_actionlint(*files), trees).passed().output == ""


def test_actionlint_finds_faults(tmp_path: Path) -> None:
    found = run(_actionlint(_workflow(tmp_path)), tmp_path)
    assert found.code == 1
    assert {"expression", "shellcheck"} <= set(re.findall(r"\[([a-z-]+)\]$", found.output, re.MULTILINE))


def test_hadolint_finds_nothing(trees: Path) -> None:
    """Notes on style neither."""
    options = ("--no-color", "--failure-threshold", "style")
    assert run([tool("hadolint"), *options, *DOCKERFILES], trees).passed().output == ""


def test_hadolint_finds_faults(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM python\nRUN cd /x && pip install a\nCMD python\n")
    found = run([tool("hadolint"), "--no-color", "Dockerfile"], tmp_path)
    assert {"DL3003", "DL3006", "DL3013", "DL3025"} <= set(re.findall(r" (DL\d+) ", found.output))


def test_gitleaks_finds_nothing(tmp_path: Path) -> None:
    """In all files of all combinations, each only once, with its own rules."""
    for number, (path, content) in enumerate(each_file()):
        (tmp_path / f"{number}-{path.rpartition('/')[2]}").write_bytes(content)
    scanned = run([built(GITLEAKS) / "gitleaks", "dir", "--no-banner", "--no-color", "."], tmp_path).passed()
    assert "no leaks found" in scanned.output


def test_gitleaks_finds_faults(tmp_path: Path) -> None:
    (tmp_path / "settings.py").write_text('GITHUB_TOKEN = "' + "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a" + '"\n')
    found = run([built(GITLEAKS) / "gitleaks", "dir", "--no-banner", "--no-color", "."], tmp_path)
    assert (found.code, "leaks found: 1" in found.output) == (1, True)


def test_no_file_turns_a_linter_off() -> None:
    """Their settings would stand in these."""
    named = {path.rpartition("/")[2] for combination in combinations() for path in combination.files}
    settings = re.compile(r"^\.?(zizmor|actionlint|hadolint|gitleaks|yamllint|shellcheckrc)")
    assert [name for name in named if settings.match(name)] == []


def _zizmor(where: list[str], folder: Path) -> set[tuple[str, str]]:
    """Give the rules of findings, and the names of their files."""
    options = ("--offline", "--no-progress", "--no-config", "--persona=auditor", "--format=json", "--no-exit-codes")
    program = [str(tool("zizmor")), "--quiet", *options, *where]
    found = json.loads(run(program, folder).passed().output)
    places = {finding["ident"]: finding["locations"][0]["symbolic"]["key"] for finding in found}
    return {(rule, re.findall(r"[\w.-]+\.yaml", json.dumps(key))[-1]) for rule, key in places.items()}


def _actionlint(*files: str) -> list[str]:
    need("shellcheck")
    return [str(built(ACTIONLINT) / "actionlint"), "-no-color", "-oneline", *files]


def _workflow(folder: Path) -> str:
    file = folder / ".github/workflows/bad.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(BAD_WORKFLOW)
    return ".github/workflows/bad.yaml"
