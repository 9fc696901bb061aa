"""Paths: where a file may go, relative to a folder it never leaves."""

from __future__ import annotations

import re

_LONGEST_PATH = 1024
_LONGEST_NAME = 255
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")


def path_fault(path: str) -> tuple[str, str | None] | None:  # noqa: PLR0911  one a fault
    """Tell why a path cannot be one of a file to write, as message and hint; None for a good one."""
    if not path:
        return "the path is empty", None
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return f'path "{path}" is absolute', "write it relative to the folder that is rendered to"
    if _FORBIDDEN.search(path):
        return f"path {path!r} has a control character or a backslash", "separate folders with /"
    parts = path.split("/")
    if ".." in parts:
        return f'path "{path}" leaves its folder', "leave out .."
    if "" in parts or "." in parts:
        return f'path "{path}" has an empty part', "write it without //, ./ and a / at the end"
    if any(part.lower() == ".git" for part in parts):
        return f'path "{path}" reaches into .git', "git's own folder is not for rendered files"
    if len(path) > _LONGEST_PATH or any(len(part.encode()) > _LONGEST_NAME for part in parts):
        return f"path of {len(path)} characters is too long", None
    return None
