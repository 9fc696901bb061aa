"""Ours: which documents of the corpus we call refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.kubernetes.apiserver import VERSION
from conformance.kubernetes.corpus import dumped, namespaces
from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.kubernetes.corpus import Case

CRASH = "CRASH"
"""The code of what is no verdict: an exception of ours."""
_AT_ONCE = 256


def refusals(cases: Iterable[Case]) -> dict[str, list[Diagnostic]]:
    """Give what we find in each case that the server would refuse it for, by the case's id.

    Each document stands alone, or with its Namespace where that one's labels say how safe pods have to be.
    """
    texts = [Text(case.id, _surrounding(case) + case.yaml) for case in cases]
    found: dict[str, list[Diagnostic]] = {text.name: [] for text in texts}
    for start in range(0, len(texts), _AT_ONCE):
        for diagnostic in _examined(texts[start : start + _AT_ONCE]):
            if diagnostic.effect == "refused" and diagnostic.is_error:
                found[diagnostic.file].append(diagnostic)
    return found


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
