"""Durations: spans of time as Go writes them, such as 1h30m."""

from __future__ import annotations

import re

_UNITS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_PART = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h)"
_DURATION = re.compile(rf"[-+]?(?:{_PART})+")
_EACH = re.compile(r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)")
_LONGEST = 64


def seconds(written: object) -> float | None:
    """Give the seconds of a duration, None where it is none."""
    if not isinstance(written, str) or len(written) > _LONGEST:
        return None
    if written.lstrip("+-") == "0":
        return 0.0
    if _DURATION.fullmatch(written) is None:
        return None
    total = sum(float(number) * _UNITS[unit] for number, unit in _EACH.findall(written))
    return -total if written.startswith("-") else total
