"""`platform-gen render`."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from greeter import RENDERED_CONFIGMAP, tree, write

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run

CREATED = """\
created   deploy/alice/configmap.yaml
created   deploy/alice/services/web.yaml
updated   platform.lock
2 files: 2 created
"""


def test_files_are_made_and_a_second_time_nothing_is(here: Path, run: Run) -> None:
    assert run("render") == (0, CREATED, "")
    assert (here / "deploy/alice/configmap.yaml").read_text() == RENDERED_CONFIGMAP
    before = {path: path.stat().st_mtime_ns for path in here.rglob("*")}
    assert run("render") == (0, "2 files: 2 unchanged\n", "")
    assert {path: path.stat().st_mtime_ns for path in here.rglob("*")} == before


def test_a_platform_file_elsewhere_renders_beside_itself(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here.parent)
    code, out, _ = run("render", "here/platform.yaml")
    assert code == 0
    assert out.splitlines()[0] == "created   here/deploy/alice/configmap.yaml"
    assert (here / "platform.lock").is_file()


@pytest.mark.usefixtures("here")
def test_hooks_ask_for_an_exit_code(run: Run) -> None:
    assert run("render", "--exit-code").code == 1
    assert run("render", "--exit-code").code == 0


def test_json_has_every_change(here: Path, run: Run) -> None:
    run("render")
    write(here, {"alice.yaml": "name: alice\n", "deploy/alice/configmap.yaml": "mine: true\n"})
    code, out, err = run("render", "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "diagnostics": [],
        "summary": {"errors": 0, "warnings": 0, "notices": 0},
        "changes": [
            {"path": "deploy/alice/configmap.yaml", "action": "update", "reason": "edited by hand since"},
            {"path": "deploy/alice/services/web.yaml", "action": "orphan", "reason": "no longer rendered"},
            {"path": "platform.lock", "action": "update", "reason": None},
        ],
        "counts": {"create": 0, "update": 1, "orphan": 1, "conflict": 0, "unchanged": 0},
        "turned_off": 0,
    }


def test_a_conflict_stops_everything(here: Path, run: Run) -> None:
    write(here, {"deploy/alice/services/web.yaml": "mine: true\n"})
    before = tree(here)
    code, out, err = run("render")
    assert (code, out) == (1, "")
    assert err == (
        "deploy/alice/services/web.yaml: error[FILE006] a file stands here that platform-gen did not make\n"
        "  hint: move it away, or render to another folder\n"
    )
    assert tree(here) == before


def test_a_full_disk_is_told_and_leaves_the_tree(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = tree(here)
    monkeypatch.setattr(os, "fsync", full)
    assert run("render") == (
        1,
        "",
        (
            "deploy/alice/configmap.yaml: error[FILE008] cannot be written: No space left on device\n"
            "  hint: nothing was changed\n"
        ),
    )
    assert tree(here) == before
