"""The only writer: all of a change, or nothing, and never outside its folder."""

from __future__ import annotations

import errno
import os
import resource
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from greeter import tree
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.lock import Lock, Made
from itdo_platform_gen.platform.plan import Plan, make_plan
from itdo_platform_gen.platform.workspace import Workspace
from itdo_platform_gen.render.bundle import File

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD = {"same.yaml": "a: 1\n", "edited.yaml": "a: 1\n", "gone.yaml": "a: 1\n", "deep/old/gone.yaml": "a: 1\n"}
NEW = {"same.yaml": "a: 1\n", "edited.yaml": "a: 2\n", "deep/new/made.yaml": "a: 2\n"}
STEPS = ("open", "fsync", "link", "rename", "replace", "unlink", "mkdir")


def _files(texts: dict[str, str]) -> dict[str, File]:
    return {path: File(text.encode()) for path, text in texts.items()}


def _lock(texts: dict[str, str]) -> Lock:
    return Lock({}, {path: Made(file.digest, file.mode, ".") for path, file in _files(texts).items()})


def _plan(workspace: Workspace, old: dict[str, str], new: dict[str, str]) -> Plan:
    there = workspace.read([*old, *new])
    return make_plan(_files(new), there, _lock(old), _lock(new))


DONE = {**NEW, "platform.lock": _lock(NEW).to_bytes().decode()}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path / "root")
    workspace.apply(_plan(workspace, {}, OLD), "platform.lock")
    return workspace


def test_a_plan_is_carried_out_and_folders_left_empty_go(workspace: Workspace) -> None:
    assert tree(workspace.root) == {**OLD, "platform.lock": _lock(OLD).to_bytes().decode()}
    workspace.apply(_plan(workspace, OLD, NEW), "platform.lock")
    assert tree(workspace.root) == DONE
    workspace.apply(_plan(workspace, NEW, {}), "platform.lock")
    assert tree(workspace.root) == {"platform.lock": Lock().to_bytes().decode()}


def test_folders_of_orphans_that_lie_in_one_another_all_go(workspace: Workspace) -> None:
    nested = {"x/a.yaml": "", "x/y/b.yaml": "", "x/y/z/c.yaml": ""}
    workspace.apply(_plan(workspace, OLD, nested), "platform.lock")
    workspace.apply(_plan(workspace, nested, {}), "platform.lock")
    assert list(tree(workspace.root)) == ["platform.lock"]


def test_a_folder_with_something_else_stays(workspace: Workspace) -> None:
    (workspace.root / "deep/old/mine.txt").write_text("mine")
    workspace.apply(_plan(workspace, OLD, NEW), "platform.lock")
    assert tree(workspace.root)["deep/old/mine.txt"] == "mine"


def test_a_second_time_nothing_is_touched(workspace: Workspace) -> None:
    before = {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")}
    workspace.apply(_plan(workspace, OLD, OLD), "platform.lock")
    assert {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")} == before


def test_files_have_the_permissions_asked_for(workspace: Workspace) -> None:
    files = {"run.sh": File(b"#!/bin/sh\n", mode=0o755), "same.yaml": File(b"a: 1\n")}
    workspace.apply(make_plan(files, workspace.read([*files, *OLD]), _lock(OLD), Lock()), "platform.lock")
    assert os.access(workspace.root / "run.sh", os.X_OK)
    assert workspace.read(files)["run.sh"].mode == 0o755
    assert workspace.read(files)["same.yaml"].mode == 0o644


def _stand(root: Path) -> dict[str, object]:
    """Give all that stands in a folder, with permissions and the number of links."""
    return {
        str(path.relative_to(root)): (path.read_bytes() if path.is_file() else None, path.stat().st_mode)
        for path in root.rglob("*")
    }


@pytest.mark.parametrize("fault", ["No space left on device", "Read-only file system", "interrupt", "late interrupt"])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_leaves_the_old_tree(
    step: str, fault: str, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time another call of the step fails, until there is none left."""
    plan = _plan(workspace, OLD, NEW)
    before = _stand(workspace.root)
    for number in range(100):
        root = tmp_path / str(number)
        shutil.copytree(workspace.root, root)
        with monkeypatch.context() as patch:
            calls = _fail(patch, step, number, fault)
            try:
                Workspace(root).apply(plan, "platform.lock")
            except (DiagnosticsError, KeyboardInterrupt) as error:
                too_late = isinstance(error, KeyboardInterrupt) and tree(root) == DONE
                assert too_late or _stand(root) == before
            else:
                # A file that cannot be removed when all else is done does no harm, and goes with the next change.
                assert {path: text for path, text in tree(root).items() if not path.endswith(".tmp")} == DONE
        if len(calls) <= number:
            break
    assert number or step == "rename"  # which only stands in for a link


def _fail(patch: pytest.MonkeyPatch, step: str, number: int, fault: str) -> list[int]:
    """Make one call of a step fail; gives the calls there were."""
    patch.setattr(os, "fsync", lambda _: None)  # it takes the most time
    real: Callable[..., Any] = getattr(os, step)
    calls: list[int] = []

    def call(*arguments: Any, **named: Any) -> Any:
        calls.append(len(calls))
        now = calls[-1] == number
        if now and "interrupt" not in fault:
            raise OSError(errno.EIO, fault)
        if now and fault == "interrupt":
            raise KeyboardInterrupt
        result = real(*arguments, **named)
        if now:
            raise KeyboardInterrupt
        return result

    patch.setattr(os, step, call)
    return calls


def test_what_cannot_be_written_is_told_by_name(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiagnosticsError) as caught:
        workspace.apply(_plan(workspace, OLD, NEW), "platform.lock")
    place = workspace.root / "deep/new/made.yaml"
    message = f"{place}: error[FILE008] cannot be written: No space left on device\n  hint: nothing was changed"
    assert str(caught.value) == message


def test_a_file_that_is_written_half_is_taken_back(workspace: Workspace) -> None:
    """The limit of the process makes the write itself stop half-way, as a full disk does."""
    before = _stand(workspace.root)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
    try:
        with pytest.raises(DiagnosticsError, match=r"FILE008.* cannot be written: File too large"):
            workspace.apply(_plan(workspace, OLD, {**NEW, "large.yaml": "x" * 10_000}), "platform.lock")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert _stand(workspace.root) == before


def test_without_hard_links_files_are_moved(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    workspace.apply(_plan(workspace, OLD, NEW), "platform.lock")
    assert tree(workspace.root) == DONE


def test_temporary_files_of_a_run_that_was_killed_are_no_hindrance(workspace: Workspace) -> None:
    for name in (".platform-gen-0.tmp", ".platform-gen-kept-0.tmp"):
        (workspace.root / name).write_text("half")
    workspace.apply(_plan(workspace, OLD, NEW), "platform.lock")
    assert tree(workspace.root) == DONE


def _in(root: Path, make: Callable[[Path], object]) -> None:
    (root / "a").mkdir()
    make(root / "a/b.yaml")


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10**8)


@pytest.mark.parametrize(
    ("there", "obstacle"),
    [
        (lambda root: (root / "a/b.yaml").mkdir(parents=True), "a folder stands here"),
        (lambda root: (root / "a").write_text(""), "a file stands at a"),
        (lambda root: (root / "a").symlink_to(root.parent), "a link stands at a"),
        (lambda root: _in(root, lambda path: path.symlink_to("/etc/hosts")), "a link stands here"),
        (lambda root: _in(root, lambda path: path.symlink_to("nowhere")), "a link stands here"),
        (lambda root: _in(root, os.mkfifo), "something that is no file stands here"),
        (lambda root: _in(root, _large), "a file of 100,000,000 bytes stands here"),
    ],
)
def test_what_is_no_file_of_ours_is_in_the_way(there: Callable[[Path], object], obstacle: str, tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    there(root)
    workspace = Workspace(root)
    assert workspace.read(["a/b.yaml"])["a/b.yaml"].obstacle == obstacle
    with pytest.raises(DiagnosticsError, match=f"FILE007.* {obstacle}"):
        workspace.apply(_plan(workspace, {}, {"a/b.yaml": ""}), "platform.lock")
    with pytest.raises(DiagnosticsError, match=f"FILE007.* no longer rendered, and {obstacle}"):
        workspace.apply(_plan(workspace, {"a/b.yaml": ""}, {}), "platform.lock")


def test_what_cannot_be_looked_at_is_told(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticsError, match=r"FILE003.* cannot be read: File name too long"):
        Workspace(tmp_path).read(["a" * 300])
    with pytest.raises(DiagnosticsError, match=r"FILE003.* cannot be read: File name too long"):
        Workspace(tmp_path).read(["a" * 300 + "/b"])
