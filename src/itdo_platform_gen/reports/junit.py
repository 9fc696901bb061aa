"""JUnit: findings as the XML of test results, which most CI servers show."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from itdo_platform_gen.diagnostics import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from itdo_platform_gen.diagnostics import Diagnostic

# What XML 1.0 may not hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(diagnostics: Iterable[Diagnostic], files: Iterable[str]) -> str:
    """Give a test suite for each file: a test for each finding, of which errors fail, or one that passes."""
    found = in_order(diagnostics)
    by_file: dict[str, list[Diagnostic]] = {file: [] for file in files}
    for diagnostic in found:
        by_file.setdefault(diagnostic.file, []).append(diagnostic)
    tests = sum(max(1, len(own)) for own in by_file.values())
    failures = sum(diagnostic.is_error for diagnostic in found)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="platform-gen validate" tests="{tests}" failures="{failures}">',
    ]
    for file, own in by_file.items():
        lines += _suite(file, own)
    return "\n".join([*lines, "</testsuites>", ""])


def _suite(file: str, found: list[Diagnostic]) -> Iterator[str]:
    failures = sum(diagnostic.is_error for diagnostic in found)
    yield f'  <testsuite name={_quoted(file)} tests="{max(1, len(found))}" failures="{failures}">'
    if not found:
        yield f'    <testcase classname={_quoted(file)} name="no findings"/>'
    for diagnostic in found:
        yield from _test(diagnostic)
    yield "  </testsuite>"


def _test(diagnostic: Diagnostic) -> Iterator[str]:
    subject = " ".join(part for part in (diagnostic.code, diagnostic.resource, diagnostic.path) if part)
    name = f"{subject} (line {diagnostic.line})" if diagnostic.line is not None else subject
    line = f' line="{diagnostic.line}"' if diagnostic.line is not None else ""
    file = _quoted(diagnostic.file)
    yield f"    <testcase classname={file} name={_quoted(name)} file={file}{line}>"
    text = escape(_clean(str(diagnostic)), quote=False)
    if diagnostic.is_error:
        message = _quoted(diagnostic.message)
        yield f"      <failure type={_quoted(diagnostic.code)} message={message}>{text}</failure>"
    else:
        yield f"      <system-out>{text}</system-out>"
    yield "    </testcase>"


def _quoted(text: str) -> str:
    return f'"{escape(_clean(text))}"'


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("�", text)
