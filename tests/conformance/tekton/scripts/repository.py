"""Repository: a real git repository in a folder, to commit to and to serve as a remote."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_WHO = ("NAME", "Somebody"), ("EMAIL", "somebody@example.com"), ("DATE", "2026-11-23T00:00:00Z")
DATE = "1795392000"
"""When every commit was made."""


@dataclass(frozen=True)
class Repository:
    """A repository on branch main; another one may clone it, fetch from it and push to it."""

    folder: Path

    @classmethod
    def bare(cls, folder: Path) -> Repository:
        """Make an empty one without a work tree, as a server has it."""
        folder.mkdir(parents=True)
        made = cls(folder)
        made.git("init", "--quiet", "--bare", "--initial-branch=main")
        made.git("config", "uploadpack.allowAnySHA1InWant", "true")
        return made

    @classmethod
    def clone(cls, remote: Repository, folder: Path) -> Repository:
        """Make a work tree of a remote."""
        remote.git("clone", "--quiet", str(remote.folder), str(folder))
        made = cls(folder)
        made.git("checkout", "--quiet", "-B", "main")
        return made

    @property
    def url(self) -> str:
        """Where it is cloned from; by a URL, a clone can be shallow."""
        return self.folder.as_uri()

    def git(self, *arguments: str) -> str:
        """Run git in it, with nobody's configuration."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {f"GIT_{role}_{name}": value for role in ("AUTHOR", "COMMITTER") for name, value in _WHO}
        environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, files: dict[str, str], *, push: bool = True) -> str:
        """Write files, commit them, and push that to main."""
        for path, text in files.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text, "utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "Change")
        if push:
            self.git("push", "--quiet", "origin", "HEAD:refs/heads/main")
        return self.git("rev-parse", "HEAD")
