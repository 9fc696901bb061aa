"""Repository: a tree of files in a new folder of its own, whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.errors import DiagnosticsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from itdo_platform_gen.render.bundle import File

_EXECUTABLE = 0o111


def make_repository(files: Mapping[str, File], folder: Path) -> None:
    """Write files into a folder that is not there yet, or empty; it appears with all of them at once.

    Raises DiagnosticsError where something stands there, or the files cannot be written; nothing is changed then.
    """
    fault = destination_fault(folder)
    if fault is not None:
        raise DiagnosticsError([fault])
    # A `..` in it may lead through the very folder that is made.
    place = Path(os.path.realpath(folder))
    beside = place.with_name(f".{place.name}.platform-gen")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside.mkdir()
        try:
            _write(files, beside)
            if place.is_dir():
                _move(beside, place)
            else:
                beside.rename(place)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
    except OSError as error:
        reason = f"cannot be written: {error.strerror or error}"
        hint = f"remove {beside}, which an interrupted run left" if isinstance(error, FileExistsError) else None
        raise DiagnosticsError([Diagnostic("PLT010", reason, str(folder), hint=hint)]) from None


def destination_fault(folder: Path) -> Diagnostic | None:
    """Tell why nothing can be made at a place; None where something can."""
    hint = "name a folder that is not there yet, or an empty one"
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            return Diagnostic("PLT010", "something that is no folder stands here", str(folder), hint=hint)
        if folder.is_dir() and any(folder.iterdir()):
            return Diagnostic("PLT010", "this folder is not empty", str(folder), hint=hint)
    except OSError as error:
        return Diagnostic("PLT010", f"cannot be read: {error.strerror}", str(folder))
    return None


def _move(source: Path, folder: Path) -> None:
    """Move everything into an empty folder, which stays the one that it was: somebody may work in it."""
    try:
        for entry in sorted(source.iterdir()):
            entry.rename(folder / entry.name)
        source.rmdir()
    except BaseException:
        for entry in sorted(folder.iterdir()):
            entry.rename(source / entry.name)
        raise


def _write(files: Mapping[str, File], folder: Path) -> None:
    for path, file in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if file.link is not None:
            place.symlink_to(file.link)
            continue
        with place.open("xb") as opened:
            opened.write(file.content)
        if file.mode & _EXECUTABLE:
            place.chmod(place.stat().st_mode | _EXECUTABLE)
