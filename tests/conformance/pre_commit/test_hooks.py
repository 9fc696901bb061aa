"""The hooks, run by the real pre-commit: from a commit of this library, in a repository of a user."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from conformance.sources import copy_sources
from conformance.toolchain import need

if TYPE_CHECKING:
    from pathlib import Path

PLATFORM = """\
apiVersion: platform.itdo-erp.com/v1
kind: Platform
metadata: {name: demo}
spec:
  targets: {kubernetes: "1.34"}
  renderings:
    - blueprint: namespace-bundle
      from: alice.yaml
      to: rendered/${{ values.name }}
"""
ALICE = """\
name: alice
owner: alice@corp.example
team: orders
"""
HOOKS = """\
repos:
  - repo: {repo}
    rev: {rev}
    hooks:
      - id: platform-gen-render
        args: [ops/platform.yaml]
      - id: platform-gen-check
        args: [ops/platform.yaml]
      - id: platform-gen-validate
        files: ^manifests/
        args: [--target, kubernetes=1.34]
"""
BAD_MANIFEST = """\
apiVersion: v1
kind: ResourceQuota
metadata: {name: small}
spec:
  hrad: {pods: "5"}
"""


@dataclass(frozen=True)
class Workshop:
    """A library that offers the hooks, and an environment in which git and pre-commit leave the user's own alone."""

    library: Path
    revision: str
    environment: dict[str, str]

    def git(self, folder: Path, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, folder: Path) -> str:
        self.git(folder, "init", "-q")
        self.git(folder, "add", "--all")
        self.git(folder, "commit", "-q", "--no-verify", "-m", "all")
        return self.git(folder, "rev-parse", "HEAD")


@dataclass(frozen=True)
class Repository:
    """A repository that uses the hooks."""

    folder: Path
    workshop: Workshop

    def run(self, hook: str) -> tuple[int, str]:
        """Run a hook on all files, as CI does."""
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", hook, "--all-files", "--color=never"],
            cwd=self.folder,
            env=self.workshop.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Commit the library; pre-commit installs it once for all tests."""
    need("git", modules=("pre_commit",))
    folder = tmp_path_factory.mktemp("hooks")
    (folder / "gitconfig").write_text("[user]\nname = Somebody\nemail = somebody@example.com\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    environment |= {
        "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(folder / "home"),
    }
    library = copy_sources(folder / "library")
    unborn = Workshop(library, "", environment)
    return Workshop(library, unborn.commit(library), environment)


@pytest.fixture
def repository(workshop: Workshop, tmp_path: Path) -> Repository:
    """Make a repository with a platform file in a folder, its values, and a manifest that nobody generates."""
    files = {
        ".pre-commit-config.yaml": HOOKS.format(repo=workshop.library, rev=workshop.revision),
        "manifests/bad.yaml": BAD_MANIFEST,
        "ops/alice.yaml": ALICE,
        "ops/platform.yaml": PLATFORM,
    }
    folder = tmp_path / "repository"
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    workshop.commit(folder)
    return Repository(folder, workshop)


def test_render(repository: Repository) -> None:
    """The first run makes the files and fails, so that they are looked at; the second finds nothing to do."""
    code, output = repository.run("platform-gen-render")
    assert code == 1, output
    assert "created   ops/rendered/alice/quota.yaml" in output
    quota = repository.folder / "ops/rendered/alice/quota.yaml"
    assert "kind: ResourceQuota" in quota.read_text()

    code, output = repository.run("platform-gen-render")
    assert code == 0, output


def test_check(repository: Repository) -> None:
    """An edit of a rendered file is drift, which rendering takes back; the check itself writes nothing."""
    quota = repository.folder / "ops/rendered/alice/quota.yaml"
    code, output = repository.run("platform-gen-check")
    assert code == 1, output
    assert not quota.exists()

    repository.run("platform-gen-render")
    code, output = repository.run("platform-gen-check")
    assert code == 0, output

    rendered = quota.read_text()
    edited = rendered.replace('pods: "50"', 'pods: "500"')
    assert edited != rendered
    quota.write_text(edited)
    code, output = repository.run("platform-gen-check")
    assert code == 1, output
    assert "update    ops/rendered/alice/quota.yaml  (edited by hand since)" in output
    assert quota.read_text() == edited

    code, output = repository.run("platform-gen-render")
    assert code == 1, output
    assert quota.read_text() == rendered


def test_bad_values(repository: Repository) -> None:
    """What is wrong with the values is said with file and line, and nothing is written."""
    (repository.folder / "ops/alice.yaml").write_text(f"{ALICE}ownr: alice\n")
    code, output = repository.run("platform-gen-render")
    assert code == 1, output
    assert "ops/alice.yaml:4:1: error[VAL001]" in output
    assert not (repository.folder / "ops/rendered").exists()


def test_validate(repository: Repository) -> None:
    """A manifest that a server would refuse is named, with the line; a good one is not."""
    code, output = repository.run("platform-gen-validate")
    assert code == 1, output
    assert "manifests/bad.yaml:5:3: error[K8S001] ResourceQuota/small spec.hrad" in output
    assert "did you mean hard?" in output
    assert "ops/" not in output

    (repository.folder / "manifests/bad.yaml").write_text(BAD_MANIFEST.replace("hrad", "hard"))
    code, output = repository.run("platform-gen-validate")
    assert code == 0, output
