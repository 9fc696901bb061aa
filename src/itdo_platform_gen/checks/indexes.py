"""Indexes: lists of a Job's indexes such as `0,2-3`."""

from __future__ import annotations

import re

_ITEM = re.compile(r"\+?(\d{1,9})(?:-\+?(\d{1,9}))?", re.ASCII)


def count_of_indexes(written: str, end: int) -> int | None:
    """Count the indexes in a list, None where they do not rise or are not below `end`."""
    count, last = 0, -1
    if not written:
        return 0
    for item in written.split(","):
        match = _ITEM.fullmatch(item)
        if match is None:
            return None
        low = int(match[1])
        high = int(match[2]) if match[2] else low
        if low <= last or high >= end or (match[2] and high <= low):
            return None
        count, last = count + high - low + 1, high
    return count
