"""Rules: functions over documents that find what no schema sees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from itdo_platform_gen.diagnostics import Diagnostic, Effect
    from itdo_platform_gen.render.document import Document

    Find: TypeAlias = Callable[[Sequence[Document]], Iterator[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; a module under `checks/kubernetes` or `checks/across` offers it as `RULE`."""

    code: str
    effect: Effect
    reason: str
    fix: str
    find: Find
    """Give a diagnostic for each fault in the documents, which are everything that is rendered or read together."""


@lru_cache
def rules() -> tuple[Rule, ...]:
    """Give every rule in the folders of rules, by code."""
    files = Path(__file__).parent.glob("*/[a-z]*.py")
    names = [f"{__package__}.{file.parent.name}.{file.stem}" for file in files]
    found = [getattr(import_module(name), "RULE", None) for name in names]
    return tuple(sorted((rule for rule in found if isinstance(rule, Rule)), key=lambda rule: rule.code))
