"""The examples, as a newcomer meets them: what is committed is what a fresh render gives, and the scripts run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from itdo_platform_gen import compare, load_platform

ROOT = Path(__file__).resolve().parents[2]
PLATFORMS = sorted(ROOT.glob("examples/*/platform.yaml"))
SCRIPTS = sorted(ROOT.glob("examples/*.py"))


@pytest.mark.parametrize("platform", PLATFORMS, ids=[path.parent.name for path in PLATFORMS])
def test_committed_output_is_a_fresh_render(platform: Path) -> None:
    """Otherwise: `platform-gen render` on its platform file, read the diff, commit it."""
    comparison = compare(load_platform(platform))
    assert [f"{change.action} {change.path}" for change in comparison.plan if change.action != "unchanged"] == []
    assert comparison.lock_is_current
    assert comparison.is_clean
    assert comparison.diagnostics == ()


@pytest.mark.parametrize("script", SCRIPTS, ids=[path.name for path in SCRIPTS])
def test_script_runs(script: Path) -> None:
    """A script runs from the root of the repository, says something, and leaves everything as it was."""
    before = _tree()
    done = subprocess.run(
        [sys.executable, str(script.relative_to(ROOT))],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout
    assert _tree() == before


def test_there_is_an_example() -> None:
    """The tests above do not pass for want of one."""
    assert PLATFORMS
    assert SCRIPTS


def _tree() -> dict[str, str]:
    """Give what a script may have touched: the names at the root, and the digests of blueprints and examples."""
    names = {path.name: "" for path in ROOT.iterdir()}
    files = (path for folder in ("blueprints", "examples") for path in sorted((ROOT / folder).rglob("*")))
    digests = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}
    return names | digests
