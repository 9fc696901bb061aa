"""What the blueprints of Tekton render is clean to `@ibm/tekton-lint` too, but for what that tool does not know.

It knows no resolvers, and so misses the Task that one fetches: `no-missing-resource`, without a name.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from conformance import npm
from conformance.sources import ROOT
from itdo_platform_gen.testing import cases, preview, render_case

PACKAGE = Path(__file__).parent / "lint/package.json"
CASES = [(name, case) for name in ("tekton-pipeline", "tekton-task") for case in cases(ROOT / "blueprints" / name)]
RESOLVED = "references task 'undefined'"


@pytest.fixture(scope="session")
def program() -> Path:
    """Install the linter into the user's cache, and give its path."""
    return npm.installed(PACKAGE, "tekton-lint") / ".bin/tekton-lint"


def _found(program: Path, file: Path) -> list[dict[str, Any]]:
    said = subprocess.run(
        [program, "--format", "json", file.name], cwd=file.parent, capture_output=True, text=True, check=False
    )
    line = next(line for line in said.stdout.splitlines() if line.startswith("["))
    found: list[dict[str, Any]] = json.loads(line)
    return found


def test_the_linter_finds_something(program: Path, tmp_path: Path) -> None:
    """Else the test below could not fail."""
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a}\n"
        'spec: {params: [{name: x}], steps: [{name: a, image: "a:latest", script: "echo"}]}\n'
    )
    rules = {finding["rule"] for finding in _found(program, bad)}
    assert {"no-latest-image", "no-missing-hashbang", "no-unused-param"} <= rules


@pytest.mark.parametrize(("name", "case"), CASES)
def test_it_finds_nothing_in_what_is_rendered(name: str, case: str, program: Path, tmp_path: Path) -> None:
    rendered = tmp_path / "rendered.yaml"
    rendered.write_text(preview(render_case(ROOT / "blueprints" / name, case)), "utf-8")
    found = [(finding["rule"], finding["message"]) for finding in _found(program, rendered)]
    assert [fault for fault in found if not (fault[0] == "no-missing-resource" and RESOLVED in fault[1])] == []
