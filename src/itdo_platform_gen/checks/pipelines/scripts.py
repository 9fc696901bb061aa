"""Scripts: who runs them, and which files they write."""

from __future__ import annotations

import re

_SHEBANG = re.compile(r"#!\s*(\S+)(?:\s+(?:-S\s+)?(\S+))?")
_WRITTEN = re.compile(r"""(?:>>?\s*|\btee\s+(?:-a\s+)?|\b(?:touch|-o|--output)[\s=]+)["']?(/tmp/[\w./-]+)""")
_NAMED = re.compile(r"/tmp/[\w./-]*\w")  # noqa: S108  what scripts do with it is what is looked at
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_LONGEST = 1 << 17


def interpreter_of(script: str) -> str:
    """Give the program that runs a script, without its folder: sh where the script does not say."""
    match = _SHEBANG.match(script)
    if match is None:
        return "sh"
    program = match[1].rpartition("/")[2]
    return match[2].rpartition("/")[2] if program == "env" and match[2] else program


def has_shebang(script: str) -> bool:
    """Tell whether a script says who runs it."""
    return script.startswith("#!")


def commands_of(script: str) -> str:
    """Give a script without its comments."""
    return _COMMENT.sub("", script[:_LONGEST])


def files_written(script: str) -> set[str]:
    """Give the files below /tmp that a script surely writes."""
    return set(_WRITTEN.findall(commands_of(script)))


def files_named(script: str) -> set[str]:
    """Give the files below /tmp that a script names."""
    return set(_NAMED.findall(commands_of(script)))
