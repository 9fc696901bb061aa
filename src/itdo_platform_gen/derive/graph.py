"""Graph: the tasks of a Tekton Pipeline and what each waits for, as a Mermaid flowchart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.reading import items, mappings, text

if TYPE_CHECKING:
    from collections.abc import Iterator

_RESULT = re.compile(r"\$\(tasks\.([a-z0-9-]+)\.results\.")


def graph(pipeline: object) -> str:
    """Give the flowchart of a Pipeline's data: an arrow for each task that another waits for, `finally` at the end."""
    tasks = {text(task, "name"): task for _, task in mappings(pipeline, "spec", "tasks")}
    waits = {name: sorted(set(_waits(task)) & tasks.keys(), key=list(tasks).index) for name, task in tasks.items()}
    lines = ["flowchart LR"]
    for name, before in waits.items():
        lines += [f"  {other} --> {name}" for other in _nearest(before, waits)] or [f"  {name}"]
    ends = [text(task, "name") for _, task in mappings(pipeline, "spec", "finally")]
    if ends:
        lines += ["  subgraph finally", *(f"    {name}" for name in ends), "  end"]
    return "\n".join(lines) + "\n"


def _waits(task: dict[str, Any]) -> Iterator[str]:
    """Give the tasks that one waits for: those that it says, and those whose results it takes."""
    yield from (name for name in items(task, "runAfter") if isinstance(name, str))
    for part in ("params", "when", "matrix"):
        yield from _RESULT.findall(str(task.get(part) or ""))


def _nearest(before: list[str], waits: dict[str, list[str]]) -> list[str]:
    """Leave out what is waited for anyway by way of another."""
    return [name for name in before if not any(name in _reached(other, waits) for other in before if other != name)]


def _reached(name: str, waits: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    ahead = list(waits.get(name, ()))
    while ahead:
        other = ahead.pop()
        if other not in found:
            found.add(other)
            ahead += waits.get(other, ())
    return found
