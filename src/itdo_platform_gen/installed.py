"""Installed: what other packages offer by entry points."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.errors import DiagnosticsError

if TYPE_CHECKING:
    from collections.abc import Iterator


def offered(group: str) -> Iterator[tuple[str, object]]:
    """Give what installed packages offer in a group, each with the name of its package, by the names of entry points.

    Raises DiagnosticsError where one cannot be loaded.
    """
    if not any(_mentions(Path(entry), group) for entry in sys.path):
        return
    from importlib.metadata import entry_points  # noqa: PLC0415  its import takes longer than all of `list`

    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        package = point.dist.name if point.dist else point.name
        try:
            found = point.load()
        except Exception as error:  # noqa: BLE001  the code of another package may raise anything
            reason = f"cannot load its entry point {point.value}: {type(error).__name__}: {error}"
            raise DiagnosticsError([broken(package, reason)]) from None
        yield package, found


def broken(package: str, reason: str) -> Diagnostic:
    """Make the diagnostic of a package whose offer cannot be used."""
    return Diagnostic("BLP010", reason, package, hint="repair the package, or remove it")


def _mentions(folder: Path, group: str) -> bool:
    """Tell whether a package installed in a folder of the path offers something in a group."""
    wanted = group.encode()
    return any(wanted in file.read_bytes() for file in folder.glob("*-info/entry_points.txt"))
