"""GitHub: findings as workflow commands, which a pull request shows at their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.diagnostics import in_order, printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from itdo_platform_gen.diagnostics import Diagnostic


def github(diagnostics: Iterable[Diagnostic]) -> str:
    """Give a line for each finding (https://docs.github.com/actions/reference/workflow-commands-for-github-actions)."""
    return "".join(f"{_command(diagnostic)}\n" for diagnostic in in_order(diagnostics))


def _command(diagnostic: Diagnostic) -> str:
    width = diagnostic.excerpt.width if diagnostic.excerpt else None
    column = diagnostic.column
    properties = {
        "file": diagnostic.file or None,
        "line": diagnostic.line,
        "endLine": diagnostic.line,
        "col": column,
        "endColumn": column + width if column is not None and width is not None else None,
        "title": " ".join(part for part in (diagnostic.code, diagnostic.resource) if part),
    }
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    subject = f"{diagnostic.path}: " if diagnostic.path else ""
    lines = [f"{subject}{diagnostic.message}", *map(str, diagnostic.related)]
    if diagnostic.hint:
        lines.append(f"hint: {diagnostic.hint}")
    return f"::{diagnostic.severity} {written}::{_text(chr(10).join(map(printable, lines)))}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(printable(text)).replace(":", "%3A").replace(",", "%2C")
