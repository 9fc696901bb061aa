"""`platform-gen check`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from greeter import tree, write

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run


def test_what_would_change_is_told_and_nothing_written(here: Path, run: Run) -> None:
    before = tree(here)
    assert run("check") == (
        1,
        (
            "create    deploy/alice/configmap.yaml\n"
            "create    deploy/alice/services/web.yaml\n"
            "update    platform.lock\n"
            "2 files: 2 create\n"
        ),
        "",
    )
    assert tree(here) == before


def test_a_rendered_tree_is_clean(here: Path, run: Run) -> None:
    run("render")
    assert run("check") == (0, "2 files: 2 unchanged\n", "")
    write(here, {"deploy/alice/configmap.yaml": "mine: true\n", "alice.yaml": "name: alice\n"})
    assert run("check") == (
        1,
        (
            "update    deploy/alice/configmap.yaml  (edited by hand since)\n"
            "orphan    deploy/alice/services/web.yaml  (no longer rendered)\n"
            "update    platform.lock\n"
            "2 files: 1 update, 1 orphan\n"
        ),
        "",
    )


def test_a_lock_alone_may_be_out_of_date(here: Path, run: Run) -> None:
    run("render")
    (here / "platform.lock").unlink()
    assert run("check") == (1, "update    platform.lock\n2 files: 2 unchanged\n", "")


def test_json_has_every_change_and_conflicts_among_them(here: Path, run: Run) -> None:
    write(here, {"deploy/alice/configmap.yaml": "mine: true\n"})
    code, out, err = run("check", "--format", "json")
    assert (code, err) == (1, "")
    found = json.loads(out)
    assert found["counts"] == {"create": 1, "update": 0, "orphan": 0, "conflict": 1, "unchanged": 0}
    assert found["changes"][0] == {
        "path": "deploy/alice/configmap.yaml",
        "action": "conflict",
        "reason": "a file stands here that platform-gen did not make",
    }
