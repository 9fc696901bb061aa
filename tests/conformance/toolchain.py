"""Toolchain: what a conformance test needs beside Python. Missing, it skips the test; in CI it fails it."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from typing import NoReturn

import pytest


def need(*programs: str, modules: tuple[str, ...] = ()) -> None:
    """Go on only where these programs and Python modules are installed."""
    missing = [program for program in programs if shutil.which(program) is None]
    missing += [module for module in modules if find_spec(module) is None]
    if missing:
        unavailable(f"not installed: {', '.join(missing)}")


def unavailable(reason: str) -> NoReturn:
    """Skip the test for a plain reason, or fail it where CI=true says that everything has to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason} (CI=true: a conformance test that cannot run is a failure)", pytrace=False)
    pytest.skip(reason)
