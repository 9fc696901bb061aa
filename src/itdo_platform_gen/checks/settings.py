"""Settings: what a platform says of rules, and of what is there besides the documents."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal, TypeAlias

from itdo_platform_gen.checks.reading import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from itdo_platform_gen.diagnostics import Diagnostic, Severity
    from itdo_platform_gen.render.document import Document

    Level: TypeAlias = Severity | Literal["off"]

IGNORE = "platform.itdo-erp.com/ignore"
"""The annotation that turns rules off for its document: their codes, with commas between them."""
IGNORE_REASON = "platform.itdo-erp.com/ignore-reason"


@dataclass(frozen=True, slots=True)
class Setting:
    """One entry: how much a code weighs where it is found in some files, kinds and names; in all where none are given.

    Paths and names are patterns with `*`, `?` and `[ ]`; a `*` goes beyond `/`, so that `deploy/*` is all below it.
    """

    code: str
    severity: Level
    reason: str
    paths: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def covers(self, diagnostic: Diagnostic, document: Document, paths: Iterable[str]) -> bool:
        """Tell whether the entry speaks of a diagnostic."""
        return (
            self.code == diagnostic.code
            and (not self.paths or any(_fits(path, self.paths) for path in paths))
            and (not self.kinds or document.kind in self.kinds)
            and (not self.names or _fits(document.name, self.names))
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """All entries, of which a later one goes before an earlier one, and what is known of the cluster."""

    entries: tuple[Setting, ...] = ()
    external: frozenset[str] = field(default_factory=frozenset)
    pod_security: str | None = None
    schemas: tuple[Path, ...] = ()
    """Folders of a project's own CRDs."""
    folder: str = ""
    """The folder that the documents' files are relative to, ending in `/` where there is one."""

    def judge(self, diagnostic: Diagnostic, document: Document) -> Diagnostic | None:
        """Give a diagnostic with the severity it has here, None where it is turned off."""
        if diagnostic.code in ignored(document):
            return None
        paths = (self.folder + document.file, diagnostic.file)
        for entry in reversed(self.entries):
            if entry.covers(diagnostic, document, paths):
                return None if entry.severity == "off" else replace(diagnostic, severity=entry.severity)
        return diagnostic


def ignored(document: Document) -> frozenset[str]:
    """Give the codes that a document's annotation turns off."""
    written = text(mapping(document.data, "metadata", "annotations"), IGNORE)
    return frozenset(code.strip() for code in written.split(",") if code.strip()) if written else frozenset()


def _fits(value: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(value, pattern) for pattern in patterns)
