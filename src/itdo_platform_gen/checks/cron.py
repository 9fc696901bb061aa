"""Cron: schedules as Kubernetes reads them, five fields or a word that starts with @ (robfig/cron, version 3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_WORDS = {"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"}
_EVERY = "@every "
_DURATION = re.compile(r"[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)", re.ASCII)
_NUMBER = re.compile(r"\+?\d{1,9}", re.ASCII)
_MOST_PARTS = 2


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    first: int
    last: int
    words: dict[str, int] = field(default_factory=dict)

    def read(self, text: str) -> int:
        if text.lower() in self.words:
            return self.words[text.lower()]
        if not _NUMBER.fullmatch(text):
            names = f" or {', '.join(self.words)}" if self.words else ""
            raise ValueError(f"expected a number{names} as {self.name}, got {text!r}")
        return int(text)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of month", 1, 31),
    _Field("month", 1, 12, {name: number for number, name in enumerate(_MONTHS, 1)}),
    _Field("day of week", 0, 6, {name: number for number, name in enumerate(_DAYS)}),
)


def fault_of_schedule(schedule: str) -> str | None:
    """Say what is wrong in a schedule, None where nothing is."""
    if schedule.startswith("@"):
        return _fault_of_word(schedule)
    parts = schedule.split()
    if len(parts) != len(_FIELDS):
        return f"expected five fields (minute, hour, day of month, month, day of week), got {len(parts)}"
    try:
        for form, part in zip(_FIELDS, parts, strict=True):
            for item in filter(None, part.split(",")):
                _check(form, item)
    except ValueError as error:
        return str(error)
    return None


def _fault_of_word(schedule: str) -> str | None:
    if schedule.startswith(_EVERY):
        if _DURATION.fullmatch(schedule.removeprefix(_EVERY)):
            return None
        return f"expected a duration such as 1h30m after @every, got {schedule.removeprefix(_EVERY)!r}"
    if schedule in _WORDS:
        return None
    return f"expected one of {', '.join(sorted(_WORDS))}, @every, got {schedule!r}"


def _check(form: _Field, item: str) -> None:
    """Raise ValueError with what is wrong in one item of a field's list: a value, a range, either with a step."""
    span, *steps = item.split("/")
    low, *rest = span.split("-")
    if low in {"*", "?"}:
        start, end = form.first, form.last
    elif len(rest) >= _MOST_PARTS:
        raise ValueError(f"expected a range with one dash as {form.name}, got {item!r}")
    else:
        start = form.read(low)
        end = form.read(rest[0]) if rest else start
    if len(steps) >= _MOST_PARTS:
        raise ValueError(f"expected one step as {form.name}, got {item!r}")
    if steps:
        if not _NUMBER.fullmatch(steps[0]) or not int(steps[0]):
            raise ValueError(f"expected a step of 1 or more as {form.name}, got {item!r}")
        end = end if rest else form.last
    if start < form.first or end > form.last:
        raise ValueError(f"expected {form.first} to {form.last} as {form.name}, got {item!r}")
    if start > end:
        raise ValueError(f"expected a range from low to high as {form.name}, got {item!r}")
