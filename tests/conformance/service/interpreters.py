"""Interpreters: the versions of Python at hand, on the path or among those of pyenv."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

MINORS = ("3.11", "3.12", "3.13", "3.14")
"""Those that a service can be made for."""


@cache
def at_hand() -> dict[str, str]:
    """Give the path of every version that is there; that of these tests always is."""
    found = {minor: _find(minor) for minor in MINORS}
    return {minor: path for minor, path in found.items() if path is not None}


def _find(minor: str) -> str | None:
    if minor == f"{sys.version_info[0]}.{sys.version_info[1]}":
        # The interpreter itself, not that of a virtual environment, which may be gone before what is made of it.
        return str(getattr(sys, "_base_executable", sys.executable))
    program = shutil.which(f"python{minor}")
    if program is not None and _minor_of(program) == minor:
        return program
    if shutil.which("pyenv") is None:
        return None
    versions = subprocess.run(["pyenv", "root"], check=True, capture_output=True, text=True).stdout.strip()
    # The newest one, as numbers go: 3.12.10 is newer than 3.12.9.
    installed = sorted(Path(versions, "versions").glob(f"{minor}.*"), key=lambda folder: _number(folder.name))
    return str(installed[-1] / "bin/python") if installed else None


def _minor_of(program: str) -> str:
    # A shim of pyenv is there for every version, and fails for those that are not chosen.
    asked = [program, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    return subprocess.run(asked, check=False, capture_output=True, text=True).stdout.strip()


def _number(version: str) -> int:
    last = version.rpartition(".")[2]
    return int(last) if last.isdigit() else -1
