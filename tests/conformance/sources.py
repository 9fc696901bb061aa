"""Sources: a copy of what this library is built from, so that a build leaves the checkout alone."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_PARTS = (
    ".gitignore",
    ".pre-commit-hooks.yaml",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "blueprints",
    "docs",
    "pyproject.toml",
    "schemas",
    "src",
    "tests",
)
_MADE = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*_cache", ".hypothesis")


def copy_sources(to: Path) -> Path:
    """Copy the sources into a new folder."""
    to.mkdir()
    for part in _PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, to / part, ignore=_MADE)
        elif (ROOT / part).exists():
            shutil.copy(ROOT / part, to / part)
    return to
