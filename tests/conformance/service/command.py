"""Command: runs a program in a folder, with an environment that tells nothing of these tests."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_OF_THE_TEST = ("APP_", "COVERAGE", "GIT_", "HYPOTHESIS", "OTEL_", "PYTEST", "PYTHON", "TEST_", "UV_PROJECT", "VIRTUAL")
_PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended."""

    command: str
    code: int
    output: str
    """Standard output and standard error."""

    def passed(self) -> Outcome:
        """Hold it to have passed."""
        assert self.code == 0, f"{self.command} ended with {self.code}\n{self.output}"
        return self


def environment() -> dict[str, str]:
    """Give the environment of this process without what belongs to the tests that run in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OF_THE_TEST)}
    # A tool that a service lacks is missing there, whatever is installed for these tests.
    folders = [folder for folder in kept["PATH"].split(os.pathsep) if Path(folder) != Path(sys.executable).parent]
    return kept | {"PATH": os.pathsep.join(folders)}


def run(command: str | Sequence[str | Path], folder: Path, variables: Mapping[str, str] | None = None) -> Outcome:
    """Run a program, or a line as a shell would, in an environment, and wait for its end."""
    done = subprocess.run(
        command,
        shell=isinstance(command, str),
        cwd=folder,
        env=environment() if variables is None else variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=_PATIENCE,
    )
    line = command if isinstance(command, str) else " ".join(map(str, command))
    return Outcome(line, done.returncode, done.stdout)
