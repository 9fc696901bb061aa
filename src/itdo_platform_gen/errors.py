"""The exceptions that the library raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from itdo_platform_gen.diagnostics import Diagnostic


class PlatformGenError(Exception):
    """The root of every exception this library raises on purpose."""


class DiagnosticsError(PlatformGenError):
    """What was given cannot be used; `diagnostics` says where and why, all findings of the stage at once."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take the findings, at least one of them an error."""
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))
