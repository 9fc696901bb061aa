"""SARIF 2.1.0: findings as code scanning services read them (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from itdo_platform_gen import __version__
from itdo_platform_gen.diagnostics import in_order
from itdo_platform_gen.reports.codes import codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from itdo_platform_gen.diagnostics import Diagnostic, Severity
    from itdo_platform_gen.reports.codes import Code

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "notice": "note"}
_ROOT = "SRCROOT"


def sarif(diagnostics: Iterable[Diagnostic]) -> str:
    """Give one log of one run, with the rules behind its results."""
    found = in_order(diagnostics)
    named = list(dict.fromkeys(diagnostic.code for diagnostic in found))
    driver = {
        "name": "platform-gen",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(name, codes().get(name)) for name in named],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that platform-gen ran in."}}},
        "results": [_result(diagnostic, named.index(diagnostic.code)) for diagnostic in found],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(name: str, code: Code | None) -> dict[str, Any]:
    if code is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.reason},
        "help": {"text": f"{code.reason} {code.fix}"},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
        "properties": {"effect": code.effect},
    }


def _result(diagnostic: Diagnostic, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": diagnostic.message + (f"\nhint: {diagnostic.hint}" if diagnostic.hint else "")},
        "properties": {"effect": diagnostic.effect},
    }
    location: dict[str, Any] = {}
    if diagnostic.file:
        width = diagnostic.excerpt.width if diagnostic.excerpt else None
        location["physicalLocation"] = _place(diagnostic.file, diagnostic.line, diagnostic.column, width)
    subject = "/".join(part for part in (diagnostic.resource, diagnostic.path) if part)
    if subject:
        location["logicalLocations"] = [{"fullyQualifiedName": subject, "kind": "resource"}]
    if location:
        result["locations"] = [location]
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": related.message},
                "physicalLocation": _place(related.file, related.line, related.column, None),
            }
            for number, related in enumerate(diagnostic.related)
        ]
    return result


def _place(file: str, line: int | None, column: int | None, width: int | None) -> dict[str, Any]:
    region: dict[str, int] = {}
    if line is not None:
        region["startLine"] = line
        if column is not None:
            region["startColumn"] = column
            if width is not None:
                region["endColumn"] = column + width
    place: dict[str, Any] = {"artifactLocation": _artifact(file)}
    if region:
        place["region"] = region
    return place


def _artifact(file: str) -> dict[str, str]:
    """Give the URI of a file, relative to the working folder unless it lies outside."""
    path = PurePath(file)
    written = path.as_posix().encode("utf-8", "surrogateescape")
    if path.is_absolute():
        return {"uri": f"file://{quote(written)}"}
    return {"uri": quote(written), "uriBaseId": _ROOT}
