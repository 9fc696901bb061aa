"""Checkout: the repository of a service as a developer has it, with what its README says done."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.service.command import Outcome, environment, run
from conformance.service.image import Image, build
from conformance.service.interpreters import at_hand
from conformance.toolchain import unavailable
from itdo_platform_gen.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conformance.service.combinations import Combination

_BLOCK = re.compile(r"^## Work on it$.*?^```sh$\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BEFORE_COMMIT = re.compile(r"before each commit: `(.+)`")
_NO_NETWORK = ("error sending request", "dns error", "Failed to fetch", "Failed to download", "Could not connect")


@dataclass(slots=True)
class Checkout:
    """A repository with an environment of its own, and how each command went."""

    combination: Combination
    folder: Path
    tools: Path
    """A folder with uv and nothing else."""
    settings: Mapping[str, str]
    """The variables that name the servers, as its README's `docker compose up` would start them."""
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    built: Image | None = None

    @property
    def package(self) -> str:
        """The name of its Python package."""
        return str(self.combination.values["package"])

    @property
    def python(self) -> Path:
        """The interpreter of its environment."""
        return self.folder / ".venv/bin/python"

    def make(self) -> None:
        """Make the repository by our command, as its owner would."""
        values = self.folder.with_suffix(".json")
        values.write_text(json.dumps(self.combination.given, ensure_ascii=False), "utf-8")
        assert main(["new", "fastapi-service", str(self.folder), "--values", str(values)]) == 0

    def run(self, command: str, also: Mapping[str, str] | None = None) -> Outcome:
        """Run a line in it, where uv is at hand."""
        return run(command, self.folder, self.environment(also))

    def environment(self, also: Mapping[str, str] | None = None) -> dict[str, str]:
        """Give the environment to run it in: uv is at hand, and takes the Python that it is made for."""
        outside = environment()
        path = os.pathsep.join([str(self.tools), outside["PATH"]])
        python = at_hand()[self.combination.values["python_version"]]
        uv = {"PATH": path, "UV_PYTHON": python, "UV_PYTHON_DOWNLOADS": "never"}
        return {**outside, **uv, **self.settings, **(also or {})}

    @property
    def image(self) -> Image:
        """Give what its Dockerfile makes."""
        assert self.built is not None
        return self.built

    def work(self) -> Checkout:
        """Do what its README, AGENTS.md and Dockerfile say, each once; no more where there is no environment."""
        for command in [*self.commands[:-1], *self.checks]:
            if command not in self.outcomes:
                self.outcomes[command] = self.run(command)
                if self.outcomes[command].code and command == "uv sync":
                    return self
        self.built = build(self.folder, self.folder.with_suffix(".image"), self.environment())
        return self

    @property
    def commands(self) -> list[str]:
        """What its README says to do, of which the last starts the service; the servers are there already."""
        block = _BLOCK.search((self.folder / "README.md").read_text("utf-8"))
        assert block is not None
        lines = [line.partition("#")[0].strip() for line in block[1].splitlines()]
        return [line for line in lines if not line.startswith("docker compose ")]

    @property
    def checks(self) -> list[str]:
        """What AGENTS.md says to do before a commit."""
        found = _BEFORE_COMMIT.search((self.folder / "AGENTS.md").read_text("utf-8"))
        assert found is not None
        return found[1].split(" && ")

    def usable(self) -> Checkout:
        """Give it; skip or fail the test where its packages cannot be had."""
        synced = self.outcomes["uv sync"]
        if synced.code and any(sign in synced.output for sign in _NO_NETWORK):
            unavailable(f"uv cannot reach the package index: {synced.output[-500:]}")
        synced.passed()
        return self
