"""Tasks side by side give what they give one by one, whatever happens to a process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.processes import side_by_side
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = os.getpid()


ALONE = """\
import os
from functools import partial
from itdo_platform_gen.processes import side_by_side
def where(number):
    return number, os.getpid()
results = side_by_side([partial(where, number) for number in range(4)])
print([number for number, _ in results], results[0][1] == os.getpid(), len({process for _, process in results}))
"""


def test_results_come_in_order_and_from_processes_of_their_own() -> None:
    """In a Python of its own: a thread that another test has left would keep it from forking."""
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    assert done.stdout == f"[0, 1, 2, 3] True {4 if hasattr(os, 'fork') else 1}\n"


def test_much_is_passed_on_whole() -> None:
    texts = side_by_side([partial(str.__mul__, letter, 1_000_000) for letter in "ab"])
    assert texts == ["a" * 1_000_000, "b" * 1_000_000]


def test_an_error_of_any_task_is_raised_here() -> None:
    for tasks in ([partial(int, "x"), partial(int, "1")], [partial(int, "1"), partial(int, "x")]):
        with pytest.raises(ValueError, match="invalid literal"):
            side_by_side(tasks)


def test_the_task_of_a_process_that_dies_is_done_here() -> None:
    def mortal() -> int:
        if os.getpid() != HERE:
            os._exit(9)
        return os.getpid()

    assert side_by_side([os.getpid, mortal]) == [HERE, HERE]


def test_what_cannot_be_passed_on_is_made_here() -> None:
    def unpicklable() -> Callable[[], int]:
        return lambda: 5

    assert [made() for made in side_by_side([unpicklable, unpicklable])] == [5, 5]


def test_beside_other_threads_nothing_is_forked() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert side_by_side([os.getpid, os.getpid]) == [HERE, HERE]
    finally:
        done.set()
        other.join()


FILES = {
    "service.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 0}]}\n",
    "broken.yaml": "a: [\n",
    "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: A}\nspec: {containers: [{name: a, image: a}]}\n",
    "role.yaml": "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: b}\n---\napiVersion: v1\nkind: Secret\n",
    "anchors.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: &a {name: c}\ndata: {x: y}\n",
}


@pytest.mark.parametrize("each", [True, False])
def test_what_validate_finds_is_the_same_with_several_processes(*, each: bool) -> None:
    texts = [Text(name, content) for name, content in FILES.items()]
    alone = examine(texts, ("1.36",), each=each)
    together = examine(texts, ("1.36",), each=each, processes=3)
    assert len(alone.diagnostics) >= 5
    assert together.diagnostics == alone.diagnostics
    assert [document.data for document in together.documents] == [document.data for document in alone.documents]
