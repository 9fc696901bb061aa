"""Scaffolder: Backstage's own, run by Node with what npm installs into a folder of the user's cache.

The first install takes a minute; later ones are found. `scaffold.cjs` says what a job is.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance.toolchain import need, unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "package.json"
_INSTALL = ("npm", "install", "--ignore-scripts", "--omit=optional", "--omit=peer", "--no-package-lock")
_QUIET = ("--no-audit", "--no-fund", "--loglevel=error")
_LONGEST_INSTALL, _LONGEST_RUN = 600, 300


def node_modules() -> Path:
    """Give the folder of installed packages; skip or fail the test where they cannot be had."""
    need("node", "npm")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "platform-gen-conformance"
    folder = cache / f"backstage-{hashlib.sha256(PACKAGE.read_bytes()).hexdigest()[:12]}"
    if not folder.is_dir():
        making = cache / f"{folder.name}.{os.getpid()}"
        making.mkdir(parents=True)
        shutil.copy(PACKAGE, making)
        command = [*_INSTALL, *_QUIET]
        try:
            done = subprocess.run(
                command, cwd=making, capture_output=True, text=True, check=False, timeout=_LONGEST_INSTALL
            )
        except subprocess.TimeoutExpired:
            unavailable(f"npm took more than {_LONGEST_INSTALL} s to install Backstage's packages")
        if done.returncode:
            shutil.rmtree(making)
            unavailable(f"npm cannot install Backstage's packages: {done.stderr.strip()[-500:]}")
        if folder.is_dir():
            shutil.rmtree(making)
        else:
            making.rename(folder)
    return folder / "node_modules"


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
        timeout=_LONGEST_RUN,
        env={**os.environ, "TMPDIR": str(scratch)} if scratch else None,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return results
