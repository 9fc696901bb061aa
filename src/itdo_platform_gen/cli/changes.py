"""Changes: how commands print what rendering changes, or would."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.cli.output import colour, count

if TYPE_CHECKING:
    from itdo_platform_gen.platform.drift import Comparison

_DONE = {"create": "created", "update": "updated", "orphan": "removed", "conflict": "conflict"}
_ACTIONS = ("create", "update", "orphan", "conflict", "unchanged")


def print_changes(comparison: Comparison, *, done: bool) -> None:
    """Print a line for each file that changes, and a last one that counts them."""
    root = comparison.platform.root
    for change in comparison.plan:
        if change.action == "unchanged":
            continue
        word = _DONE[change.action] if done else change.action
        reason = f"  ({change.reason})" if change.reason else ""
        print(f"{colour(word.ljust(8), change.action, sys.stdout)}  {root / change.path}{reason}")
    if not comparison.lock_is_current:
        word = "updated" if done else "update"
        print(f"{colour(word.ljust(8), 'update', sys.stdout)}  {comparison.platform.lock_file}")
    print(_summary(comparison, done=done))


def _summary(comparison: Comparison, *, done: bool) -> str:
    counts = counts_of(comparison)
    names = {action: _DONE.get(action, action) if done else action for action in _ACTIONS}
    parts = [f"{counts[action]} {names[action]}" for action in _ACTIONS if counts[action]]
    off = f"; {count(comparison.turned_off, 'finding')} turned off" if comparison.turned_off else ""
    return f"{count(len(comparison.plan.changes), 'file')}: {', '.join(parts) or 'nothing to do'}{off}"


def counts_of(comparison: Comparison) -> dict[str, int]:
    """Count the files of each action."""
    return {action: sum(change.action == action for change in comparison.plan) for action in _ACTIONS}


def changes_json(comparison: Comparison) -> dict[str, Any]:
    """Give the changes as the fields of a command's JSON."""
    changes = [
        {
            "path": str(comparison.platform.root / change.path),
            "action": change.action,
            "reason": change.reason or None,
        }
        for change in comparison.plan
    ]
    lock = "unchanged" if comparison.lock_is_current else "update"
    changes.append({"path": str(comparison.platform.lock_file), "action": lock, "reason": None})
    return {"changes": changes, "counts": counts_of(comparison), "turned_off": comparison.turned_off}
