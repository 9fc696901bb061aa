"""Settings: how a platform file speaks of checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.settings import Setting, Settings
from itdo_platform_gen.syntax.near import nearest
from itdo_platform_gen.syntax.node import mark_at

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.node import Node


def read_settings(spec: dict[str, Any], node: Node, problems: list[Diagnostic]) -> Settings:
    """Read the settings in a `spec` that has its form; a code that does not exist is added to the problems."""
    entries = tuple(_setting(entry) for entry in spec.get("checks", ()))
    for number, entry in enumerate(entries):
        problem = _unknown(entry.code, number, node)
        if problem is not None:
            problems.append(problem)
    return Settings(entries, frozenset(spec.get("external", ())), spec.get("podSecurity"))


def _setting(entry: dict[str, Any]) -> Setting:
    paths, kinds, names = (tuple(entry.get(key, ())) for key in ("paths", "kinds", "names"))
    return Setting(entry["code"], entry["severity"], entry["reason"], paths, kinds, names)


def _unknown(code: str, number: int, node: Node) -> Diagnostic | None:
    from itdo_platform_gen.reports.codes import codes  # noqa: PLC0415  few platform files speak of codes

    if code in codes():
        return None
    near = nearest(code, codes())
    hint = f"did you mean {near}?" if near else "platform-gen checks lists all there are"
    mark = mark_at(node, ("spec", "checks", number, "code"))
    return mark.diagnose("PLT009", f"there is no check {code}", hint=hint)
