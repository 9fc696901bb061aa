"""Inputs: the files that arguments name one by one, by folder or by pattern."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from itdo_platform_gen.cli.given import read_input
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.source import read_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.mark import Text

STDIN = "-"
_SUFFIXES = (".yaml", ".yml", ".json")
_SKIPPED = {"node_modules", "__pycache__"}


@dataclass(slots=True)
class Inputs:
    """The texts read, the names of those that were found in a folder, and what could not be read."""

    texts: list[Text] = field(default_factory=list)
    walked: set[str] = field(default_factory=set)
    files: dict[str, Path] = field(default_factory=dict)
    """The file of each text, by the name it is reported under; standard input has none."""
    problems: list[Diagnostic] = field(default_factory=list)


def read_inputs(names: Iterable[str]) -> Inputs:
    """Read what arguments name, each file once: one asked for by name is not taken for one found in a folder."""
    inputs = Inputs()
    listed = list(dict.fromkeys(names))
    named = {name for name in listed if name == STDIN or not _is_folder(name)}
    seen: set[str] = set()
    for name in listed:
        for file in [name] if name == STDIN else _files(name):
            key = file if file == STDIN else os.path.normpath(file)
            if key in seen:
                continue
            seen.add(key)
            _read(file, inputs, walked=name not in named)
    return inputs


def _read(name: str, inputs: Inputs, *, walked: bool) -> None:
    path = Path(name)
    try:
        text = read_input() if name == STDIN else read_text(path, shown(path))
    except DiagnosticsError as error:
        inputs.problems += error.diagnostics
        return
    inputs.texts.append(text)
    if name != STDIN:
        inputs.files[text.name] = path
    if walked:
        inputs.walked.add(text.name)


def _files(name: str) -> Iterator[str]:
    """Give the files that one argument names; a pattern that a shell has left as it is, is expanded here."""
    if _is_folder(name):
        yield from _walk(name)
    elif has_magic(name) and not os.path.lexists(name):
        matches = [match for match in sorted(glob(name, recursive=True)) if not _is_folder(match)]  # noqa: PTH207
        yield from matches or [name]
    else:
        yield name


def _walk(folder: str) -> Iterator[str]:
    """Give the YAML and JSON files in a folder and those below it, sorted; hidden folders are none of ours."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        yield from (os.path.join(root, file) for file in sorted(files) if file.endswith(_SUFFIXES))  # noqa: PTH118


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):  # such as a name that is too long
        return False
