"""npm: packages installed into a folder of the user's cache, a minute's work that later runs find done."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from typing import TYPE_CHECKING

from conformance.cache import alone_in
from conformance.toolchain import need, unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_INSTALL = ("npm", "install", "--ignore-scripts", "--omit=optional", "--omit=peer", "--no-package-lock")
_QUIET = ("--no-audit", "--no-fund", "--loglevel=error")
_LONGEST = 900


def installed(package: Path, name: str, more: Callable[[Path], object] = lambda _: None) -> Path:
    """Give the node_modules that a package.json asks for; `more` is done once with the folder that they are in.

    Skips or fails the test where they cannot be had.
    """
    need("node", "npm")
    with alone_in(f"{name}-{hashlib.sha256(package.read_bytes()).hexdigest()[:12]}") as folder:
        if not folder.is_dir():
            making = folder.with_name(f"{folder.name}.making")
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            shutil.copy(package, making)
            try:
                run([*_INSTALL, *_QUIET], making)
                more(making)
            except subprocess.SubprocessError as error:
                unavailable(f"npm cannot install {name}: {getattr(error, 'stderr', '') or error}"[-500:])
            making.rename(folder)
    return folder / "node_modules"


def run(command: list[str], folder: Path) -> str:
    """Run a command in a folder, and give what it writes; raises SubprocessError."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=_LONGEST)
    return done.stdout
