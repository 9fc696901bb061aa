"""Meaning: faults of texts that stand for something else, such as quantities, addresses and schedules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What such a text looks like, and what is wrong with others by the name of the fault.
_FAULTS = {
    r"\d+(\.\d+)?(m|k|M|G|Ki|Mi|Gi)?": {
        "quantity-unit": "5 cores",
        "quantity-below-zero": "-1",
        "quantity-nought": "0",
        "quantity-comma": "1,5",
        "quantity-gb": "8GB",
        "quantity-fraction": "0.5m",
    },
    r"\d+\.\d+\.\d+\.\d+": {
        "address-over": "10.0.0.256",
        "address-short": "10.0.0",
        "address-zeroed": "10.0.0.010",
        "address-v6": "2001:db8::1",
        "address-loopback": "127.0.0.1",
        "address-link-local": "169.254.0.1",
    },
    r"[\d.]+/\d+": {
        "range-bare": "10.0.0.0",
        "range-over": "10.0.0.0/33",
        "range-hosted": "10.0.0.5/24",
        "range-v6": "::/0",
    },
    r"\d{4}-\d\d-\d\dT.*Z": {"time-naive": "2026-11-22T19:48:19", "time-date": "2026-11-22"},
    r"(\S+ ){4}\S+": {
        "cron-short": "* * * *",
        "cron-over": "99 * * * *",
        "cron-zoned": "TZ=UTC * * * * *",
        "cron-word": "@often",
        "cron-step": "*/0 * * * *",
        "cron-seconds": "0 0 * * * *",
        "cron-sunday": "0 0 * * 7",
        "cron-reversed": "0 20-10 * * *",
    },
    r"\d+%": {"percent-over": "150%", "percent-below": "-5%", "percent-bare": "50"},
    r"/.*": {"path-relative": "a/b", "path-up": "/a/../x", "path-colon": "/a:x"},
}


def meant(text: str) -> Iterator[tuple[str, str]]:
    """Give the name of each fault that a text can have for what it means, with a text that has it."""
    for form, faults in _FAULTS.items():
        if re.fullmatch(form, text):
            yield from faults.items()
            return
