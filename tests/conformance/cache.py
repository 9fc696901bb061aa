"""Cache: folders of the user's cache, in which what takes long to install or build is kept from run to run."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "platform-gen-conformance"


@contextmanager
def alone_in(name: str) -> Iterator[Path]:
    """Give the path of a folder, which nothing else that asks this way makes or changes meanwhile."""
    _CACHE.mkdir(parents=True, exist_ok=True)
    with (_CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield _CACHE / name
