"""Source: the reading of text files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.mark import Mark, Text

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 16 * 2**20
"""Bytes of one file: ten times what a Kubernetes server takes for one object."""


def read_text(path: Path, name: str | None = None) -> Text:
    """Read a UTF-8 file, reported under `name` or else its path.

    Raises DiagnosticsError where it is missing, a folder, too large, unreadable or not UTF-8.
    """
    shown = name if name is not None else str(path)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise DiagnosticsError([Diagnostic("FILE001", "no such file", shown)]) from None
    except IsADirectoryError:
        raise DiagnosticsError([Diagnostic("FILE002", "a folder, not a file", shown)]) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise DiagnosticsError([Diagnostic("FILE003", f"cannot be read: {reason}", shown)]) from None
    return decode_text(content, shown)


def decode_text(content: bytes, name: str) -> Text:
    """Decode the bytes of a file; a byte order mark at its start is left out.

    Raises DiagnosticsError where there are more than LARGEST_FILE bytes or they are not UTF-8.
    """
    if len(content) > LARGEST_FILE:
        message = f"larger than {LARGEST_FILE // 2**20} MiB"
        raise DiagnosticsError([Diagnostic("FILE004", message, name, hint="split it into several files")])
    try:
        return Text(name, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # The position counts from behind the byte order mark.
        before = error.object[: error.start].decode()
        text = Text(name, before)
        line = before.count("\n")
        column = len(before) - before.rfind("\n") - 1
        message = f"not UTF-8: byte 0x{error.object[error.start]:02X}"
        mark = Mark(text, line, column, len(before), len(before) + 1)
        raise DiagnosticsError([mark.diagnose("FILE005", message, hint="save the file as UTF-8")]) from None


def shown(path: Path) -> str:
    """Give a path as messages show it: relative to the working folder where it lies in it."""
    absolute = path.absolute()
    here = path.cwd()
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(path)
