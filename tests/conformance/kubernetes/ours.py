"""Ours: which documents of the corpus we call refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.kubernetes.apiserver import VERSION
from conformance.kubernetes.corpus import dumped, namespaces
from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.kubernetes.corpus import Case
    from itdo_platform_gen.diagnostics import Diagnostic


def refusals(cases: Iterable[Case]) -> dict[str, list[Diagnostic]]:
    """Give what we find in each case that the server would refuse it for, by the case's id.

    Each document stands alone, or with its Namespace where that one's labels say how safe pods have to be.
    """
    texts = [Text(case.id, _surrounding(case) + case.yaml) for case in cases]
    found: dict[str, list[Diagnostic]] = {text.name: [] for text in texts}
    for diagnostic in examine(texts, (VERSION,), each=True).diagnostics:
        if diagnostic.effect == "refused" and diagnostic.is_error:
            found[diagnostic.file].append(diagnostic)
    return found


def _surrounding(case: Case) -> str:
    namespace = namespaces().get(case.namespace, {})
    return f"{dumped(namespace)}---\n" if namespace.get("metadata", {}).get("labels") else ""
