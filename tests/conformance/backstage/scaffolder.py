"""Scaffolder: Backstage's own, run by Node with what npm installs into a folder of the user's cache.

The first install takes a minute; later ones are found. `scaffold.cjs` says what a job is.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance import npm

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "package.json"
_LONGEST = 300


def node_modules() -> Path:
    """Give the folder of installed packages; skip or fail the test where they cannot be had."""
    return npm.installed(PACKAGE, "backstage")


def scaffold(modules: Path, jobs: Sequence[dict[str, Any]], scratch: Path | None = None) -> list[dict[str, Any]]:
    """Run jobs, and give what each came to; one that failed has an `error`. Nothing stays in the scratch folder."""
    return _run("scaffold.cjs", modules, jobs, scratch)


def ask_catalog(modules: Path, jobs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run jobs of `catalog.cjs`, and give what each came to: what was told is why one was refused or failed."""
    return _run("catalog.cjs", modules, jobs, None)


def _run(script: str, modules: Path, jobs: Sequence[dict[str, Any]], scratch: Path | None) -> list[dict[str, Any]]:
    done = subprocess.run(
        ["node", HERE / script, modules],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        check=False,
        timeout=_LONGEST,
        env={**os.environ, "TMPDIR": str(scratch)} if scratch else None,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return results
