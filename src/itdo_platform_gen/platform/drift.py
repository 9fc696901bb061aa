"""Drift: a platform rendered again and compared with what stands on disk."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.lock import Lock, read_lock
from itdo_platform_gen.platform.plan import Change, Plan, make_plan
from itdo_platform_gen.platform.workspace import Workspace
from itdo_platform_gen.syntax.source import shown

if TYPE_CHECKING:
    from itdo_platform_gen.platform.platform import Platform


@dataclass(frozen=True, slots=True)
class Comparison:
    """What rendering a platform would change, with the means to do it."""

    platform: Platform
    plan: Plan
    lock_is_current: bool
    diagnostics: tuple[Diagnostic, ...]
    turned_off: int = 0
    """How many findings settings and annotations have turned off."""

    @property
    def is_clean(self) -> bool:
        """Whether files and lock are just what rendering gives."""
        return self.plan.is_clean and self.lock_is_current

    def apply(self) -> None:
        """Make the tree what rendering gives: all of it, or nothing.

        Raises DiagnosticsError where there are conflicts, or something cannot be written.
        """
        Workspace(self.platform.root).apply(self.plan, self.platform.lock_file.name)


def compare(platform: Platform) -> Comparison:
    """Render a platform and compare the result with the tree.

    Raises DiagnosticsError with what is wrong in any rendering, or where the tree cannot be read.
    """
    rendered = platform.render()
    workspace = Workspace(platform.root)
    lock_name = platform.lock_file.name
    written = workspace.read([lock_name]).get(lock_name)
    old = Lock()
    if written is not None:
        name = shown(platform.lock_file)
        if written.obstacle is not None:
            raise DiagnosticsError([Diagnostic("FILE007", written.obstacle, name, hint="move it away")])
        old = read_lock(written.content, name)
    tree = workspace.read(dict.fromkeys([*rendered.files, *old.files]))
    plan = make_plan(rendered.files, tree, old, rendered.lock)
    current = written is not None and written.content == rendered.lock.to_bytes()
    return Comparison(platform, plan, current, tuple(rendered.diagnostics), rendered.turned_off)


def unified(change: Change) -> str:
    """Write a change as a unified diff, the paths relative to the platform file."""
    before = change.before.content.decode("utf-8", "replace") if change.before else ""
    after = change.file.text if change.file else ""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        f"a/{change.path}" if change.before else "/dev/null",
        f"b/{change.path}" if change.file else "/dev/null",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
