"""The fixture of Tekton's admission code: where Go or the module proxy is missing, tests are skipped, or fail in CI."""

from __future__ import annotations

import subprocess

import pytest

from conformance.tekton.judge import Judge, build
from conformance.toolchain import need, unavailable


@pytest.fixture(scope="session")
def judge() -> Judge:
    """Build the judge."""
    need("go")
    try:
        return build()
    except subprocess.CalledProcessError as error:
        unavailable(f"the judge of Tekton could not be built: go ended with {error.returncode}")
