"""Go modules: real programs that the Go module proxy has, each built once into a folder of the user's cache."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from conformance.cache import alone_in
from conformance.toolchain import need, unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"
GITLEAKS = "github.com/zricethezav/gitleaks/v8@v8.30.0"
KUSTOMIZE = "sigs.k8s.io/kustomize/kustomize/v5@v5.7.1"


def built(module: str) -> Path:
    """Give the folder of a program; skip or fail the test where Go or its module cannot be had."""
    need("go")
    name, _, version = module.partition("@")
    with alone_in(f"{name.replace('/', '_')}-{version}") as folder:
        if not folder.is_dir():
            making = folder.with_name(f"{folder.name}.making")
            making.mkdir(exist_ok=True)
            done = subprocess.run(
                ["go", "install", module],
                env={**os.environ, "GOBIN": str(making), "CGO_ENABLED": "0", "GOFLAGS": ""},
                cwd=making,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                unavailable(f"Go cannot build {module}: {done.stderr[-500:]}")
            making.rename(folder)
    return folder


def build(module: Path, name: str, packages: Sequence[str] = (".",), flags: str = "-s -w") -> Path:
    """Build programs of a module of ours, where they are not what they were, and give the folder that they are in.

    Raises CalledProcessError where Go cannot build them.
    """
    with alone_in(name) as folder:
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["go", "build", "-ldflags", flags, "-o", f"{folder}/", *packages],
            cwd=module,
            env={**os.environ, "CGO_ENABLED": "0"},
            check=True,
            stdin=subprocess.DEVNULL,
        )
    return folder
