"""Ours: what we find in the portals of the corpus that is an error."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from conformance.backstage.config.corpus import BASE
from conformance.kubernetes.ours import CRASH
from itdo_platform_gen.checks.files import GivenFiles
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.processes import side_by_side
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.backstage.config.corpus import Case

_PROCESSES = 2


def errors(cases: Sequence[Case]) -> dict[str, list[Diagnostic]]:
    """Give the errors in each case, by its id; a crash of ours is one of its own code."""
    parts = [partial(_errors, cases[start::_PROCESSES]) for start in range(_PROCESSES)]
    return {name: found for part in side_by_side(parts) for name, found in part}


def _errors(cases: Sequence[Case]) -> list[tuple[str, list[Diagnostic]]]:
    return [(case.id, _examined(case)) for case in cases]


def _examined(case: Case) -> list[Diagnostic]:
    try:
        found = validate([Text(BASE, case.text)], files=GivenFiles({BASE: case.text}))[1]
    except Exception as error:  # noqa: BLE001  whatever it is, it is to be told with the case
        return [Diagnostic(CRASH, f"{type(error).__name__}: {error}", case.id)]
    return [diagnostic for diagnostic in found if diagnostic.is_error]
