"""Go modules: real programs that the Go module proxy has, each built once into a folder of the user's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from conformance.toolchain import need, unavailable

ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"
GITLEAKS = "github.com/zricethezav/gitleaks/v8@v8.30.0"
KUSTOMIZE = "sigs.k8s.io/kustomize/kustomize/v5@v5.7.1"


def built(module: str) -> Path:
    """Give the folder of a program; skip or fail the test where Go or its module cannot be had."""
    need("go")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "platform-gen-conformance"
    name, _, version = module.partition("@")
    folder = cache / f"{name.replace('/', '_')}-{version}"
    if not folder.is_dir():
        making = cache / f"{folder.name}.{os.getpid()}"
        making.mkdir(parents=True)
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
        try:
            making.rename(folder)
        except OSError:
            shutil.rmtree(making)  # another test run was faster
    return folder
