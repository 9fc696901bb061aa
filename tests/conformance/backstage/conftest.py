"""The fixture of Backstage's packages: where Node or npm is missing, tests are skipped, or fail in CI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.backstage.scaffolder import node_modules
from conformance.repositories import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def modules() -> Path:
    """Install the packages."""
    return node_modules()


@pytest.fixture
def scratch() -> Iterator[Path]:
    """Give a folder that is gone after the test."""
    with scratch_folder() as folder:
        yield folder
