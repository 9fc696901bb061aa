"""Processes: tasks done side by side, on as many processors, where the system can fork."""

from __future__ import annotations

import os
import pickle
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


def side_by_side(tasks: Sequence[Callable[[], T]]) -> list[T]:
    """Do each task, all but the first in a process of its own, and give what comes of them, in order.

    What they give has to be picklable. Where there is no fork, or other threads run, they are done one by one; so is
    the task of a process that fails, so that its error is raised here.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return [task() for task in tasks]
    children = [_start(task) for task in tasks[1:]]
    results: list[T] = []
    try:
        results.append(tasks[0]())
    finally:
        answers = [_answer(*child) for child in children]
    for task, answer in zip(tasks[1:], answers, strict=True):
        results.append(pickle.loads(answer) if answer else task())  # noqa: S301  our own process wrote it
    return results


def _start(task: Callable[[], object]) -> tuple[int, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:  # in the child, which must not come back from here
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(pickle.dumps(task(), pickle.HIGHEST_PROTOCOL))
        status = 0
    finally:
        os._exit(status)


def _answer(child: int, reading: int) -> bytes:
    """Give what a process wrote, nothing where it failed."""
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    return b"" if status else answer
