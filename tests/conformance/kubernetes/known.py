"""Known: the cases in which we and the server are known to differ, each with the reason.

`known_gaps.yaml` lists what the server refuses and we let pass, `known_alarms.yaml` what it accepts and we call
refused: by group a reason, and ids of cases in which `*` stands for anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
GAPS = HERE / "known_gaps.yaml"
ALARMS = HERE / "known_alarms.yaml"


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that are alike, with the reason for which they are judged otherwise."""

    name: str
    reason: str
    cases: tuple[str, ...]

    def lists(self, case: str) -> bool:
        """Tell whether a case is among them."""
        return any(_pattern(pattern).fullmatch(case) for pattern in self.cases)


def known(file: Path) -> list[Group]:
    """Give the groups of a file."""
    data = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
    return [Group(name, group["reason"], tuple(group["cases"])) for name, group in data.items()]


def unlisted(cases: Iterable[str], groups: Iterable[Group]) -> list[str]:
    """Give the cases that no group lists."""
    groups = list(groups)
    return [case for case in cases if not any(group.lists(case) for group in groups)]


def outdated(cases: Iterable[str], groups: Iterable[Group]) -> list[str]:
    """Give the patterns that list none of the cases, with the names of their groups."""
    cases = list(cases)
    return [
        f"{group.name}: {pattern}"
        for group in groups
        for pattern in group.cases
        if not any(_pattern(pattern).fullmatch(case) for case in cases)
    ]


def shrink(file: Path, cases: Iterable[str]) -> None:
    """Take out of a file what lists none of the cases any more, and the groups of which nothing is left."""
    cases = list(cases)
    left = {}
    for group in known(file):
        patterns = [p for p in group.cases if any(_pattern(p).fullmatch(case) for case in cases)]
        if patterns:
            left[group.name] = {"reason": group.reason, "cases": patterns}
    comment = "".join(line for line in file.open(encoding="utf-8") if line.startswith("#"))
    file.write_text(comment + yaml.dump(left, sort_keys=False, width=1000, allow_unicode=True), encoding="utf-8")


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, text.split("*"))))
