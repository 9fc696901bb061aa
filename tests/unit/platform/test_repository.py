"""A repository appears whole, with modes and links, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.repository import make_repository
from itdo_platform_gen.render.bundle import File

FILES = {
    "README.md": File(b"# orders\n"),
    "bin/run": File(b"#!/bin/sh\n", 0o755),
    "bin/go": File(b"", link="run"),
    "deep/er/empty": File(b""),
}


def _tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_symlink() or path.is_file()}


def _fault(folder: Path, files: dict[str, File] | None = None) -> str:
    with pytest.raises(DiagnosticsError) as raised:
        make_repository(files or FILES, folder)
    [diagnostic] = raised.value.diagnostics
    assert diagnostic.code == "PLT010"
    return diagnostic.message


@pytest.mark.parametrize("prepared", [False, True])
def test_files_modes_and_links_are_written(tmp_path: Path, *, prepared: bool) -> None:
    folder = tmp_path / "some/where/orders"
    if prepared:
        folder.mkdir(parents=True)
    make_repository(FILES, folder)
    assert _tree(folder) == set(FILES)
    assert (folder / "README.md").read_bytes() == b"# orders\n"
    assert os.access(folder / "bin/run", os.X_OK)
    assert not os.access(folder / "README.md", os.X_OK)
    assert str((folder / "bin/go").readlink()) == "run"
    assert [path.name for path in folder.parent.iterdir()] == ["orders"]


@pytest.mark.parametrize("written", [".", "../orders", "../orders/../orders"])
def test_an_empty_folder_stays_the_one_it_was(tmp_path: Path, written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody works in it, and may say where it is by way of itself."""
    folder = tmp_path / "orders"
    folder.mkdir()
    monkeypatch.chdir(folder)
    before = folder.stat().st_ino
    make_repository(FILES, Path(written))
    assert _tree(Path()) == set(FILES)
    assert folder.stat().st_ino == before
    assert list(tmp_path.iterdir()) == [folder]


def test_a_move_that_fails_leaves_the_folder_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "orders"
    folder.mkdir()
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if target == folder / "bin":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    assert _fault(folder) == "cannot be written: No space left on device"
    assert list(folder.iterdir()) == []
    assert list(tmp_path.iterdir()) == [folder]


def test_what_stands_there_stays(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine").write_text("keep")
    (tmp_path / "file").write_text("keep")
    (tmp_path / "link").symlink_to("full")
    assert _fault(tmp_path / "full") == "this folder is not empty"
    assert _fault(tmp_path / "file") == "something that is no folder stands here"
    assert _fault(tmp_path / "link") == "something that is no folder stands here"
    assert _tree(tmp_path) == {"full/mine", "file", "link"}


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    clash = {"a": File(b"file"), "a/b": File(b"below a file")}
    assert _fault(tmp_path / "orders", clash).startswith("cannot be written: ")
    assert list(tmp_path.iterdir()) == []


def test_what_an_interrupted_run_left_is_named(tmp_path: Path) -> None:
    (tmp_path / ".orders.platform-gen").mkdir()
    with pytest.raises(DiagnosticsError) as raised:
        make_repository(FILES, tmp_path / "orders")
    assert raised.value.diagnostics[0].hint == (
        f"remove {tmp_path / '.orders.platform-gen'}, which an interrupted run left"
    )
