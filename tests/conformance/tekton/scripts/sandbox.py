"""Sandbox: runs the steps of one Task as a pod would, with results, workspaces and volumes as folders."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conformance.tekton.scripts.rendered import Step

_SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_VARIABLE = re.compile(r"\$\(([^()]*)\)")
_OF_THE_TEST = ("GIT_", "PYTHON", "VIRTUAL_ENV", "PYTEST", "CI", "UV_PROJECT", "CARGO_TARGET")
_PATIENCE = 300.0


@dataclass(frozen=True)
class Outcome:
    """How a step ended."""

    code: int
    output: str
    """Standard output and standard error."""

    def passed(self) -> Outcome:
        """Hold it to have passed."""
        assert self.code == 0, self.output
        return self

    def failed(self, *texts: str) -> Outcome:
        """Hold it to have failed, with a message that says this and what to do."""
        assert self.code != 0, self.output
        assert "error: " in self.output, self.output
        assert "hint: " in self.output.partition("error: ")[2], self.output
        for text in texts:
            assert text in self.output, self.output
        return self


@dataclass
class Sandbox:
    """The pod of a Task: a folder for its home, results and the programs of its images, which only it sees."""

    folder: Path
    workspaces: dict[str, Path] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)
    path: list[Path] = field(default_factory=list)
    shell: list[str] = field(default_factory=list)
    """What runs the scripts instead of the interpreter that they name."""

    def __post_init__(self) -> None:
        """Make its folders."""
        for name in ("results", "bin", "log", "volumes"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    @property
    def home(self) -> Path:
        """Its home, an empty folder that its steps share."""
        return self.folder / "volumes/home/ci"

    def result(self, name: str) -> str:
        """Give what a step wrote as a result."""
        return (self.folder / "results" / name).read_text("utf-8")

    def run(self, step: Step, **parameters: str) -> Outcome:
        """Run a step with these parameters; a hyphen in a name is an underscore here."""
        given = self._parameters(step, parameters)
        for mount in step.mounts:
            self._mounted(mount).mkdir(parents=True, exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith(_OF_THE_TEST)}
        path = os.pathsep.join([str(self.folder / "bin"), *map(str, self.path), _SYSTEM])
        environment |= {"PATH": path, "LC_ALL": "C", "LANG": "C"}
        environment |= {name: self._value(step, text, given) for name, text in step.variables.items()}
        environment |= {name: self.secrets[name] for name in step.secrets}
        environment |= self.overrides
        if step.script:
            program = self.folder / f"{step.name}.sh"
            program.write_text(step.script, "utf-8")
            program.chmod(0o755)
            command = [*self.shell, str(program)]
        else:
            command = [step.tool, *(self._value(step, text, given) for text in step.arguments)]
        (self.folder / "work").mkdir(exist_ok=True)
        done = subprocess.run(
            command,
            cwd=self.folder / "work",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_PATIENCE,
            check=False,
        )
        output = done.stdout.decode("utf-8", "replace")
        for secret in self.secrets.values():
            assert secret not in output, f"the step {step} shows a secret"
        return Outcome(done.returncode, output)

    def record(self, program: str, body: str = "") -> None:
        """Put a recorder on its path: it logs its arguments, then runs this shell code with them."""
        recorder = self.folder / "bin" / program
        log = shlex.quote(str(self.folder / "log" / program))
        recorder.write_text(f"#!/bin/sh\nprintf '%s\\0' \"$@\" >>{log}\nprintf '\\n' >>{log}\n{body}\n", "utf-8")
        recorder.chmod(0o755)

    def calls(self, program: str) -> list[list[str]]:
        """Give the arguments of each call of a recorder."""
        log = self.folder / "log" / program
        if not log.exists():
            return []
        lines = log.read_text("utf-8").removesuffix("\n").split("\0\n")
        return [line.removesuffix("\0").split("\0") for line in lines if line]

    def _parameters(self, step: Step, given: Mapping[str, str]) -> dict[str, str]:
        values = {name.replace("_", "-"): value for name, value in given.items()}
        unknown = values.keys() - step.parameters.keys()
        assert not unknown, f"{step.task} has no parameter {unknown}"
        values = {name: default for name, default in step.parameters.items() if default is not None} | values
        missing = step.parameters.keys() - values.keys()
        assert not missing, f"{step.task} needs {missing}"
        return values

    def _value(self, step: Step, text: str, parameters: Mapping[str, str]) -> str:
        known = {f"params.{name}": value for name, value in parameters.items()}

        def replaced(match: re.Match[str]) -> str:
            kind, _, rest = match[1].partition(".")
            if match[1] in known:
                return known[match[1]]
            if kind == "results" and rest.endswith(".path"):
                return str(self.folder / "results" / rest.removesuffix(".path"))
            if kind == "workspaces" and rest.endswith(".path"):
                return str(self.workspaces.get(rest.removesuffix(".path"), ""))
            raise AssertionError(f"{step} has {match[0]}, which nothing replaces")

        mounts = "|".join(map(re.escape, step.mounts))
        text = re.sub(rf"(?:(?<=^)|(?<==))(?:{mounts})(?=/|$)", lambda mount: str(self._mounted(mount[0])), text)
        return _VARIABLE.sub(replaced, text)

    def _mounted(self, mount: str) -> Path:
        return self.folder / "volumes" / mount.lstrip("/")


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder, to see whether something changed it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
