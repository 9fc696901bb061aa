"""Fixtures: the sandbox of a Task, and real tools where the machine lacks them but a registry has them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.gomodules import GITLEAKS, KUSTOMIZE, built
from conformance.tekton.scripts.rendered import steps
from conformance.tekton.scripts.sandbox import Sandbox
from conformance.toolchain import need, unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.fixture(params=["sh", "busybox"])
def shell(request: pytest.FixtureRequest) -> str:
    """Give the shells that images have: that of this machine, and that of Alpine Linux with its commands."""
    return str(request.param)


@pytest.fixture(scope="session")
def applets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the commands of BusyBox."""
    need("busybox")
    folder = tmp_path_factory.mktemp("busybox")
    subprocess.run(["busybox", "--install", "-s", folder], check=True)
    return folder


@pytest.fixture
def sandbox(tmp_path: Path, shell: str, request: pytest.FixtureRequest) -> Sandbox:
    """Make the pod of a Task, with nobody's git configuration and no waiting."""
    need("git")
    sandbox = Sandbox(
        tmp_path / "pod",
        overrides={"GIT_CONFIG_NOSYSTEM": "1", "RETRY_DELAY": "0", "POLL_SECONDS": "0"},
    )
    if shell == "busybox":
        applets: Path = request.getfixturevalue("applets")
        sandbox.shell = [str(applets / "sh")]
        sandbox.path.append(applets)
    return sandbox


@pytest.fixture(scope="session")
def gitleaks() -> Path:
    """Give the folder of a real Gitleaks."""
    return built(GITLEAKS)


@pytest.fixture(scope="session")
def kustomize() -> Path:
    """Give the folder of a real Kustomize."""
    return built(KUSTOMIZE)


@pytest.fixture(scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Keep what package managers fetch for the tests that follow, and what Go compiles for those of another day."""
    folder = tmp_path_factory.mktemp("caches")
    kept = {name: str(folder / name.lower()) for name in ("PIP_CACHE_DIR", "UV_CACHE_DIR")}
    if shutil.which("go") is not None:
        kept["GOCACHE"] = subprocess.run(
            ["go", "env", "GOCACHE"], check=True, capture_output=True, text=True
        ).stdout.strip()
    return kept


@pytest.fixture
def toolchain(sandbox: Sandbox, caches: Mapping[str, str], tmp_path: Path) -> Sandbox:
    """Give the sandbox the languages of this machine, as the images have them."""
    sandbox.overrides |= caches
    folder = tmp_path / "toolchain"
    folder.mkdir()
    # The interpreter itself: a virtual environment's or pyenv's would look for the home of its user.
    python = getattr(sys, "_base_executable", sys.executable)
    sandbox.overrides["UV_PYTHON"] = python
    launcher = folder / "python3"
    launcher.write_text(f'#!/bin/sh\nexec "{python}" "$@"\n', "utf-8")
    launcher.chmod(0o755)
    sandbox.path.append(folder)
    for program in ("node", "go", "cargo"):
        found = shutil.which(program)
        if found is not None:
            sandbox.path.append(Path(found).parent)
    sandbox.overrides["RUSTUP_HOME"] = os.environ.get("RUSTUP_HOME") or str(Path.home() / ".rustup")
    return sandbox


@pytest.fixture(scope="session")
def installed_uv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the uv that the step would install, as an image may have it."""
    folder = tmp_path_factory.mktemp("uv")
    (step,) = steps("test-python").values()
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    wanted = f"uv=={step.variables['UV_VERSION']}"
    done = subprocess.run([folder / "bin/python", "-m", "pip", "install", "--quiet", wanted], check=False)
    if done.returncode:
        unavailable(f"pip cannot install {wanted}")
    (folder / "only").mkdir()
    shutil.copy(folder / "bin/uv", folder / "only/uv")
    return folder / "only"


@pytest.fixture
def uv(toolchain: Sandbox, installed_uv: Path) -> None:
    """Put it on the path: that a step can install it is seen once."""
    toolchain.path.append(installed_uv)
