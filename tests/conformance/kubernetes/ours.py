"""Ours: which documents of the corpus we call refused."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from conformance.kubernetes.apiserver import VERSION
from conformance.kubernetes.corpus import dumped, namespaces
from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.processes import side_by_side
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.kubernetes.corpus import Case

CRASH = "CRASH"
"""The code of what is no verdict: an exception of ours."""
_AT_ONCE = 256
_PROCESSES = 2


def refusals(cases: Iterable[Case]) -> dict[str, list[Diagnostic]]:
    """Give what we find in each case that the server would refuse it for, by the case's id.

    Each document stands alone, or with its Namespace where that one's labels say how safe pods have to be.
    """
    cases = list(cases)
    found: dict[str, list[Diagnostic]] = {case.id: [] for case in cases}
    for part in side_by_side([partial(_refusals, cases[start::_PROCESSES]) for start in range(_PROCESSES)]):
        for diagnostic in part:
            found[diagnostic.file].append(diagnostic)
    return found


def _refusals(cases: Sequence[Case]) -> list[Diagnostic]:
    texts = [Text(case.id, _surrounding(case) + case.yaml) for case in cases]
    parts = (_examined(texts[start : start + _AT_ONCE]) for start in range(0, len(texts), _AT_ONCE))
    return [found for part in parts for found in part if found.effect == "refused" and found.is_error]


def _examined(texts: Sequence[Text]) -> list[Diagnostic]:
    """Give what we find; where we crash, the documents are parted until the one is found that made us."""
    try:
        return examine(texts, (VERSION,), each=True).diagnostics
    except Exception as error:  # noqa: BLE001  whatever it is, it is to be told with the document
        if len(texts) == 1:
            return [Diagnostic(CRASH, f"{type(error).__name__}: {error}", texts[0].name)]
        half = len(texts) // 2
        return [*_examined(texts[:half]), *_examined(texts[half:])]


def _surrounding(case: Case) -> str:
    namespace = namespaces().get(case.namespace, {})
    return f"{dumped(namespace)}---\n" if namespace.get("metadata", {}).get("labels") else ""
