"""Fixtures for every test: a working folder with the greeter and a platform, and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadFileScheduling

from greeter import FILES, Result, write
from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from xdist.remote import Producer

    from greeter import Run
    from itdo_platform_gen.blueprint.blueprint import Blueprint


_TOGETHER = "tests/conformance/service/"
"""Here tests of several files work on the same repositories, each of which takes half a minute to set up."""


class _ByFile(LoadFileScheduling):  # type: ignore[misc]
    """Run the tests of a file in one process, since they share what its fixtures set up."""

    def _split_scope(self, nodeid: str) -> str:
        return _TOGETHER if nodeid.startswith(_TOGETHER) else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _ByFile:
    """Say what `-n` has in one process."""
    return _ByFile(config, log)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a working folder with the greeter in `blueprints/`, its values `alice.yaml`, and a `platform.yaml`."""
    folder = tmp_path / "here"
    write(folder, FILES)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def greeter(here: Path) -> Blueprint:
    """Load the greeter."""
    return load_blueprint(here / "blueprints/greeter")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Give the command line, run in this process."""

    def run(*argv: str) -> Result:
        code = main(argv)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run
