"""Record: the verdicts of the real server, kept in `verdicts.tsv` so that they can be compared with ours without it.

A line is a good document with a place, a tab, and the faults there: `-deleted` was refused, `+empty` was accepted.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).parent / "verdicts.tsv"


def read(file: Path = FILE) -> dict[str, bool]:
    """Give whether the server accepted each case, by id."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        place, _, faults = line.partition("\t")
        for fault in faults.split():
            found[f"{place}:{fault[1:]}"] = fault[0] == "+"
    return found


def write(accepted: Mapping[str, bool], file: Path = FILE) -> None:
    """Record the verdicts, in the order they come in."""
    places: dict[str, list[str]] = {}
    for case, is_accepted in accepted.items():
        place, _, fault = case.rpartition(":")
        places.setdefault(place, []).append(f"{'+' if is_accepted else '-'}{fault}")
    text = "".join(f"{place}\t{' '.join(faults)}\n" for place, faults in places.items())
    file.write_text(text, encoding="utf-8")
