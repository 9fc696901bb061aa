"""Tools: programs that the package index has, installed with these tests."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from conformance.toolchain import unavailable


def tool(name: str) -> Path:
    """Give the path of a program beside the interpreter or on the path; skip or fail the test where there is none."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        unavailable(f"not installed: {name} (pip install -e '.[test]' --group lint)")
    return Path(found)
