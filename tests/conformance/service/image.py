"""Image: what a Dockerfile says, done without containers: its build in a folder, its environment, its command."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.service.command import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_CONTINUED = re.compile(r"\\\n\s*")
_MOUNT = re.compile(r"^(--mount=\S+\s+)*")

Instruction = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Image:
    """What the last stage has: an environment of Python, variables, and a command."""

    environment: Path
    variables: Mapping[str, str]
    entrypoint: tuple[str, ...]

    def command(self, *arguments: str) -> str:
        """Give the line that runs it."""
        program, *rest = self.entrypoint
        return " ".join([str(self.environment / "bin" / program), *rest, *arguments])


def build(repository: Path, to: Path, variables: Mapping[str, str]) -> Image:
    """Do what the Dockerfile of a repository says, with what its .dockerignore lets in."""
    stages = _stages((repository / "Dockerfile").read_text("utf-8"))
    allowed = [line[1:] for line in (repository / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    source, environment = to / "src", to / "app"
    source.mkdir(parents=True)
    for name, rest in stages["build"]:
        if name == "COPY" and not rest.startswith("--from="):
            _copy(rest.split(), repository, source, allowed)
        elif name == "RUN":
            line = _MOUNT.sub("", rest)
            own = _variables(stages["build"]) | {"UV_PROJECT_ENVIRONMENT": str(environment)}
            run(line, source, {**variables, **own}).passed()
    last = stages[""]
    assert ("COPY", "--from=build /app /app") in last
    shutil.rmtree(source)  # the image has none of it
    (entrypoint,) = (json.loads(rest) for name, rest in last if name == "ENTRYPOINT")
    known = {key: value for key, value in _variables(last).items() if key != "PATH"}
    return Image(environment, known, tuple(entrypoint))


def _stages(text: str) -> dict[str, list[Instruction]]:
    """Give the instructions of each stage by its name; the last has none."""
    found: dict[str, list[Instruction]] = {}
    stage: list[Instruction] = []
    for line in _CONTINUED.sub(" ", text).splitlines():
        name, _, rest = line.partition(" ")
        if name == "FROM":
            stage = found.setdefault(rest.partition(" AS ")[2], [])
        elif name and not name.startswith("#"):
            stage.append((name, rest))
    return found


def _variables(stage: list[Instruction]) -> dict[str, str]:
    pairs = [pair for name, rest in stage if name == "ENV" for pair in rest.split()]
    return {key: value for key, _, value in (pair.partition("=") for pair in pairs)}


def _copy(words: list[str], repository: Path, source: Path, allowed: list[str]) -> None:
    *patterns, to = words
    for pattern in patterns:
        for path in repository.glob(pattern):
            assert path.name in allowed, f"{path.name} is copied, and .dockerignore keeps it out"
            if path.is_dir():
                shutil.copytree(path, source / to, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(path, source / to)
