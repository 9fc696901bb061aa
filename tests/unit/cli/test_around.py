"""Files on disk are read where a rule asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.cli.around import FilesAround

if TYPE_CHECKING:
    from pathlib import Path


def test_files_around(tmp_path: Path) -> None:
    (tmp_path / "a/node_modules").mkdir(parents=True)
    (tmp_path / "a/b").mkdir()
    (tmp_path / "a/node_modules/x").write_text("")
    (tmp_path / "a/b/c.txt").write_text("hello")
    (tmp_path / "a/d.bin").write_bytes(b"\xff\xfe")
    around, folder = FilesAround(), (tmp_path / "a").as_posix()
    assert around.below(folder) == [f"{folder}/b/c.txt", f"{folder}/d.bin"]
    assert around.text(f"{folder}/b/c.txt") == "hello"
    assert around.text(f"{folder}/d.bin") is None
    assert around.text(f"{folder}/nothing") is None
    assert around.has(folder)
    assert not around.has(f"{folder}/nothing")
    assert not around.has("x" * 10_000)
    assert around.below(f"{folder}/nothing") == []
