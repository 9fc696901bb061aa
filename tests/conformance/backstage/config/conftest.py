"""The fixture of a portal's packages: where Node or npm is missing, tests are skipped, or fail in CI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.backstage.config.portal import node_modules

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def portal_modules() -> Path:
    """Install the packages."""
    return node_modules()
