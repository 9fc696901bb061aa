"""Rewrite: one file of the user's, changed where it lies, all of it or not at all."""

from __future__ import annotations

import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.source import shown

if TYPE_CHECKING:
    from pathlib import Path

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def rewrite(path: Path, content: str) -> None:
    """Give a file another text; its permissions and byte order mark stay, and a link still leads to it.

    Raises DiagnosticsError where the file cannot be written; it is then as it was.
    """
    real = path.resolve()
    beside = real.with_name(f".{real.name}.platform-gen.tmp")
    try:
        before = real.read_bytes()
        mode = stat.S_IMODE(real.stat().st_mode)
        mark = _BYTE_ORDER_MARK if before.startswith(_BYTE_ORDER_MARK) else b""
        try:
            beside.write_bytes(mark + content.encode())
            beside.chmod(mode)
            beside.replace(real)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise DiagnosticsError([Diagnostic("FILE008", f"cannot be written: {reason}", shown(path))]) from None
