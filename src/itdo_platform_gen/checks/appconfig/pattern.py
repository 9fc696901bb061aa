"""Patterns: regular expressions of JavaScript, as far as Python can tell."""

from __future__ import annotations

import re

_ALIKE = ("unterminated", "missing )", "unbalanced")


def is_pattern(text: str) -> bool:
    """Tell whether brackets are paired, in which Python and JavaScript agree."""
    try:
        re.compile(text)
    except re.error as error:
        return not any(word in error.msg for word in _ALIKE)
    return True
