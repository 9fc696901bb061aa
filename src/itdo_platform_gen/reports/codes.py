"""Codes: what every code of a diagnostic stands for, of rules, of schemas' overlays and of everything else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from itdo_platform_gen.checks.overlay import overlay_rules
from itdo_platform_gen.checks.overlay_tekton import tekton_overlay_rules
from itdo_platform_gen.checks.rule import Rule, rules
from itdo_platform_gen.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.diagnostics import Effect, Severity

_OF_OTHER_SOFTWARE = ("BST", "TKN")
"""How the codes of rules start that hold whatever the Kubernetes: those of Backstage and Tekton."""
_ROW = re.compile(r"\| ([A-Z][A-Z0-9]+\d{3}) \| (refused|fails|advice) \| (.+) \| (.+) \|")


@dataclass(frozen=True, slots=True)
class Code:
    """One code: what it is about, what would happen without the check, why, and the way out."""

    code: str
    title: str
    effect: Effect
    severity: Severity
    reason: str
    fix: str
    good: str = ""
    bad: str = ""
    since: str | None = None
    until: str | None = None
    """The Kubernetes minors it holds for, both included; None where they make no difference."""
    has_page: bool = True
    """Whether there is a page of its own, and not only a row in docs/diagnostics.md."""


@lru_cache
def codes() -> dict[str, Code]:
    """Give what every code stands for, in order."""
    told = (*overlay_rules(), *tekton_overlay_rules(), *rules())
    found = {code.code: code for code in (*_fixed(), *map(_of_rule, told))}
    return dict(sorted(found.items()))


def _of_rule(rule: Rule) -> Code:
    bound = not rule.code.startswith(_OF_OTHER_SOFTWARE)
    return Code(
        code=rule.code,
        title=rule.title,
        effect=rule.effect,
        severity=rule.severity,
        reason=rule.reason,
        fix=rule.fix,
        good=rule.good,
        bad=rule.bad,
        since=rule.since if bound else None,
        until=rule.until if bound else None,
    )


def _fixed() -> Iterator[Code]:
    """Read the codes that no rule has from the page that describes them."""
    page = shipped("docs") / "diagnostics.md"
    for line in page.read_text("utf-8").splitlines():
        row = _ROW.fullmatch(line)
        if row is not None:
            code, effect, reason, fix = row.groups()
            title = _plain(reason).partition(":")[0].rstrip(".")
            severity: Severity = "warning" if effect == "advice" else "error"
            yield Code(code, title, cast("Effect", effect), severity, _plain(reason), _plain(fix), has_page=False)


def _plain(cell: str) -> str:
    return re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", cell.replace("\\|", "|"))
