"""Verdicts: what the catalog and the scaffolder say of the corpus, and what we say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.backstage.corpus import ANSWERS, REPOSITORY, TREE
from conformance.backstage.scaffolder import ask_catalog
from itdo_platform_gen.checks.files import GivenFiles
from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.schema.store import kubernetes_versions
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from conformance.kubernetes.corpus import Case
    from itdo_platform_gen.diagnostics import Diagnostic

_AT_ONCE = 128
REFUSED = frozenset({"refused"})
STOPPED = frozenset({"refused", "fails"})
# What no step of a task shows: whose a template is, and how its form is shown.
_UNSEEN = ("BST20", "BST21", "BST313", "BST314", "BST315")


def comes_to(told: dict[str, Any], good: dict[str, Any]) -> str:
    """Say what came of a run: `stopped`, the `same` as of the good template, or `other` inputs, files and outputs."""
    if not told["ran"]:
        return "stopped"
    return "same" if all(told[part] == good[part] for part in ("inputs", "files", "output")) else "other"


def about_the_run(found: list[Diagnostic]) -> list[Diagnostic]:
    """Leave out what a run cannot show."""
    return [diagnostic for diagnostic in found if not diagnostic.code.startswith(_UNSEEN)]


def accepted(modules: Path, cases: Sequence[Case]) -> dict[str, dict[str, Any]]:
    """Ask the catalog whether it takes each case."""
    jobs = [{"kind": "entity", "text": case.yaml, "files": REPOSITORY} for case in cases]
    return {case.id: told for case, told in zip(cases, ask_catalog(modules, jobs), strict=True)}


def ran(modules: Path, cases: Sequence[Case]) -> dict[str, dict[str, Any]]:
    """Ask the scaffolder whether the steps of each template come to their end."""
    jobs = [{"kind": "run", "text": case.yaml, "parameters": _answers(case), "files": TREE} for case in cases]
    return {case.id: told for case, told in zip(cases, ask_catalog(modules, jobs), strict=True)}


def _answers(case: Case) -> dict[str, Any]:
    """Answer what the form of a case asks for."""
    spec = case.document.get("spec")
    pages = spec.get("parameters") if isinstance(spec, dict) else None
    pages = pages if isinstance(pages, list) else [pages]
    asked = [page.get("properties") for page in pages if isinstance(page, dict)]
    names = {name for fields in asked if isinstance(fields, dict) for name in fields}
    return {name: answer for name, answer in ANSWERS.items() if name in names}


def faults(cases: Iterable[Case], effects: frozenset[str]) -> dict[str, list[Diagnostic]]:
    """Give what we find in each case that has one of some effects, and is an error."""
    cases = list(cases)
    found: dict[str, list[Diagnostic]] = {case.id: [] for case in cases}
    for start in range(0, len(cases), _AT_ONCE):
        part = cases[start : start + _AT_ONCE]
        folders = {f"{number}": case for number, case in enumerate(part)}
        texts = [Text(f"{number}/catalog-info.yaml", case.yaml) for number, case in folders.items()]
        beside = {f"{number}/{name}": text for number in folders for name, text in (TREE | REPOSITORY).items()}
        told = examine(texts, kubernetes_versions()[-1:], each=True, files=GivenFiles(beside)).diagnostics
        for diagnostic in told:
            if diagnostic.effect in effects and diagnostic.is_error:
                found[folders[diagnostic.file.partition("/")[0]].id].append(diagnostic)
    return found
