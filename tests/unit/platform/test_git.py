"""What git knows of the place of a template."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.platform.git import Published, changed_around, published

if TYPE_CHECKING:
    from pathlib import Path


def _git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@corp.example"]
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    root = tmp_path / "templates"
    (root / "blueprints/one").mkdir(parents=True)
    (root / "blueprints/one/blueprint.yaml").write_text("kind: Blueprint\n")
    _git(root, "init", "-q")
    _git(root, "add", "-A")
    _git(root, "commit", "-qm", "one")
    return root


def test_a_version_is_a_tag_or_else_a_commit(place: Path) -> None:
    commit = _git(place, "rev-parse", "--short", "HEAD")
    assert published(place / "blueprints/one") == Published(str(place), commit)
    _git(place, "tag", "v1.2.0")
    assert published(place / "blueprints/one") == Published(str(place), "v1.2.0")


@pytest.mark.parametrize(
    ("remote", "source"),
    [
        ("https://git.corp.example/platform/templates.git", "https://git.corp.example/platform/templates.git"),
        ("https://me:token@git.corp.example/templates", "https://git.corp.example/templates"),
        ("https://token@git.corp.example/templates", "https://git.corp.example/templates"),
        ("ssh://git@git.corp.example/templates", "ssh://git@git.corp.example/templates"),
        ("git@git.corp.example:templates.git", "git@git.corp.example:templates.git"),
        ("../elsewhere", None),
        ("/srv/git/templates", None),
        ("file:///srv/git/templates", None),
    ],
)
def test_the_address_is_one_that_others_reach(remote: str, source: str | None, place: Path) -> None:
    """A token in it is nobody's business; a place of this machine is told by its folder, which may be updated from."""
    _git(place, "remote", "add", "origin", remote)
    found = published(place / "blueprints/one")
    assert found is not None
    assert found.source == (source or str(place))


def test_what_git_does_not_keep_is_not_published(place: Path, tmp_path: Path) -> None:
    """Such as what is installed into a virtual environment within a repository."""
    (place / ".venv/blueprints/two").mkdir(parents=True)
    (place / ".venv/blueprints/two/blueprint.yaml").write_text("kind: Blueprint\n")
    assert published(place / ".venv/blueprints/two") is None
    assert published(tmp_path) is None


def test_an_address_that_no_file_could_hold_is_left_out(place: Path) -> None:
    spaced = place.rename(place.with_name("my templates"))
    assert published(spaced / "blueprints/one") is None


def test_changes_around_a_place(place: Path, tmp_path: Path) -> None:
    assert changed_around(place / "new") is None
    (place / "more").write_text("x")
    assert changed_around(place / "new/deeper") == place
    assert changed_around(tmp_path / "new") is None


def test_without_git_nothing_is_known(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(place))
    assert published(place / "blueprints/one") is None
    assert changed_around(place / "new") is None
