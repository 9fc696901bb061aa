"""Rules: functions over documents that find what no schema sees."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

import itdo_platform_gen.checks

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
    found = []
    for module in pkgutil.walk_packages(itdo_platform_gen.checks.__path__, f"{itdo_platform_gen.checks.__name__}."):
        if module.ispkg or module.name.count(".") < 3:  # noqa: PLR2004  package, checks, folder, rule
            continue
        rule = getattr(import_module(module.name), "RULE", None)
        if isinstance(rule, Rule):
            found.append(rule)
    return tuple(sorted(found, key=lambda rule: rule.code))
