"""Durations as `@backstage/config` 1.3.9 reads them: `PT30M`, `30 minutes`, or a mapping of units to numbers."""

from __future__ import annotations

import re

UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds")

_MS = re.compile(
    r"-?(?:\d+)?\.?\d+ *(?:milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w"
    r"|years?|yrs?|y)?",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"P(?=.*\d)(?:{0}Y)?(?:{0}M)?(?:{0}W)?(?:{0}D)?(?:T(?:{0}H)?(?:{0}M)?(?:-?\d+(?:[.,]-?\d+)?S)?)?".replace(
        "{0}", r"-?\d+(?:\.\d+)?"
    )
)
_BARE = re.compile(r"\d+")


def is_duration(text: str) -> bool:
    """Tell whether a text is a duration; a number without a unit is none."""
    stripped = text.strip()
    if stripped.startswith("P"):
        return _ISO.fullmatch(stripped) is not None
    return bool(_MS.fullmatch(stripped)) and not _BARE.fullmatch(stripped) and not stripped.startswith("-")
