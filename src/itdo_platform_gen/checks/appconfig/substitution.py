"""Substitutions: `${NAME}` in a text of an app-config, as `@backstage/config-loader` 1.11.3 replaces it.

`${NAME}` becomes the variable, `${NAME:-text}` the text where the variable is missing or empty, `$${NAME}` is written
`${NAME}`. Whatever stands between the braces is taken for a name. Where a variable is missing, the value is left out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_FORM = re.compile(r"(\$?)\$\{([^{}]*)\}")
_FALLBACK = ":-"


class Substitution(NamedTuple):
    """One use of a variable, with the text it has where there is none."""

    written: str
    name: str
    fallback: str | None


def substitutions(text: str) -> list[Substitution]:
    """Give the variables that a text takes in, escaped ones left out."""
    found = []
    for match in _FORM.finditer(text) if "${" in text else ():
        if not match[1]:
            name, sign, fallback = match[2].partition(_FALLBACK)
            found.append(Substitution(match[0], name.strip(), fallback.strip() if sign else None))
    return found


def is_open(value: object) -> bool:
    """Tell whether a value is known only when a portal starts."""
    return isinstance(value, str) and bool(substitutions(value))


def unescaped(text: str) -> str:
    """Give a text that takes in nothing as the portal reads it."""
    return _FORM.sub(lambda match: match[0][1:], text) if "$${" in text else text


def without(text: str) -> str:
    """Give what of a text is left without its substitutions, escapes included."""
    return _FORM.sub("", text)


def filled(text: str) -> str:
    """Give a text with 1 for each variable, which stands for a host and a port as well."""
    return _FORM.sub("1", text)
