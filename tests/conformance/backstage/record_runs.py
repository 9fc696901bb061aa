"""The record of runs, in `runs.tsv`: a line is what came of them, a tab, and the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.backstage.corpus import RUNS

if TYPE_CHECKING:
    from collections.abc import Mapping


def read() -> dict[str, str]:
    """Give what came of each run, by the case's id."""
    lines = (line.split("\t") for line in RUNS.read_text(encoding="utf-8").splitlines())
    return {case: outcome for outcome, case in lines}


def write(outcomes: Mapping[str, str]) -> None:
    """Record what came of each, in the order they come in."""
    RUNS.write_text("".join(f"{outcome}\t{case}\n" for case, outcome in outcomes.items()), encoding="utf-8")
