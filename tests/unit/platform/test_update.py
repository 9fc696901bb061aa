"""An update goes to the version asked for and keeps what people changed; where it cannot, nothing is changed."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run

BLUEPRINT = """\
apiVersion: blueprints.itdo-erp.com/v1
kind: Blueprint
metadata: {name: note, title: Note, description: A note., version: 1.0.0, owner: platform}
spec:
  type: note
  provenance: {source: source, version: version}
  parameters:
    required: [title, port]
    properties:
      title: {type: string, pattern: '^[A-Z]', maxLength: 20}
      kind: {type: string, enum: [long, short], default: long}
      port: {type: integer, maximum: 9}
      public: {type: boolean, default: false}
      source: {type: string, default: ''}
      version: {type: string, default: ''}
"""
ANSWERS = """\
_commit: "${{ _copier_answers._commit or values.version }}"
_src_path: "${{ _copier_answers._src_path or values.source }}"
title: "${{ values.title }}"
kind: ${{ values.kind }}
port: ${{ values.port }}
public: ${{ 'true' if values.public else 'false' }}
"""


def _git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@corp.example"]
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def _release(root: Path, tag: str) -> None:
    assert main(["derive", str(root / "blueprints"), "--together", str(root / "copier.yml")]) == 0
    _git(root, "add", "-A")
    _git(root, "commit", "-qm", tag)
    _git(root, "tag", tag)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """Make a repository from v1.0.0 of a template, of which there is a v2.0.0 by now."""
    root = tmp_path / "templates"
    content = root / "blueprints/note/content"
    content.mkdir(parents=True)
    _git(root, "init", "-q")
    (content.parent / "blueprint.yaml").write_text(BLUEPRINT)
    (content / ".copier-answers.yml.jinja").write_text(ANSWERS)
    (content / "note.txt.jinja").write_text("# ${{ values.title }}\none\ntwo\nthree\nfour\nfive\n")
    _release(root, "v1.0.0")
    monkeypatch.chdir(tmp_path)
    words = ("--blueprints", "templates/blueprints", "--set", "title=Hello", "--set", "port=8")
    assert run("new", "note", "made", *words).code == 0
    (content / "note.txt.jinja").write_text("# ${{ values.title }}!\none\ntwo\nthree\nfour\nfive\n")
    _release(root, "v2.0.0")
    folder = tmp_path / "made"
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "made")
    monkeypatch.chdir(folder)
    return folder


def _edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))
    _git(folder, "commit", "-qam", "edited")


def test_to_the_latest_version_with_an_edit_kept(made: Path, run: Run) -> None:
    _edit(made, "note.txt", "five", "mine")
    code, out, err = run("update")
    assert (code, err) == (0, "")
    assert (
        out == "changed: .copier-answers.yml\nchanged: note.txt\nv1.0.0 to v2.0.0: 2 files changed, 0 with conflicts\n"
    )
    assert (made / "note.txt").read_text() == "# Hello!\none\ntwo\nthree\nfour\nmine\n"
    assert '_commit: "v2.0.0"' in (made / ".copier-answers.yml").read_text()


def test_another_answer_than_before(made: Path, run: Run) -> None:
    assert run("update", "--to", "v1.0.0", "--set", "title=Bye").code == 0
    assert (made / "note.txt").read_text().startswith("# Bye\n")


def test_a_conflict_is_a_finding(made: Path, run: Run) -> None:
    _edit(made, "note.txt", "# Hello", "# Mine")
    code, out, _ = run("update", "--format", "json")
    said = json.loads(out)
    assert (code, said["conflicts"], said["from"], said["to"]) == (1, ["note.txt"], "v1.0.0", "v2.0.0")
    assert said["changed"] == [".copier-answers.yml", "note.txt"]
    assert "<<<<<<<" in (made / "note.txt").read_text()


@pytest.mark.parametrize(
    ("edit", "place", "said"),
    [
        (('_commit: "v1.0.0"', '_commit: "v9"'), "1:10", "the template has no such version"),
        (('_commit: "v1.0.0"', '_commit: ""'), "1:10", "_commit says nothing"),
        (('title: "Hello"', 'title: "hello"'), "3:8", "expected text like ^[A-Z]"),
        (('title: "Hello"', ""), "", 'there is no answer to "title"'),
        (("kind: long", "kind: lengthy"), "4:7", ""),
        (("port: 8", "port: many"), "5:7", "'many'"),
        (("port: 8", "port: 10"), "5:7", "expected at most 9"),
        (("port: 8", "port: ["), "7:1", "not valid YAML"),
        (("port: 8", "---"), "", "expected one document, found 2"),
    ],
)
def test_answers_edited_by_hand(edit: tuple[str, str], place: str, said: str, made: Path, run: Run) -> None:
    _edit(made, ".copier-answers.yml", *edit)
    code, out, err = run("update")
    assert (code, out) == (1, "")
    assert err.startswith(f".copier-answers.yml:{place + ':' if place else ''} error["), err
    assert said in err
    assert _git(made, "status", "--porcelain") == ""


def test_a_template_that_is_gone(made: Path, run: Run) -> None:
    (made.parent / "templates").rename(made.parent / "elsewhere")
    code, _, err = run("update")
    assert code == 1
    assert ".copier-answers.yml:2:12: error[PLT012] the template cannot be had: " in err
    assert _git(made, "status", "--porcelain") == ""


def test_what_cannot_be_updated(made: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 'the template has no version "v7"' in run("update", "--to", "v7").err
    (made / "mine.txt").write_text("x")
    assert "mine.txt has changes that are not committed" in run("update").err
    assert "this file is not there" in run("update", "..").err
    (made / ".git").rename(made / "git")
    assert "git-tracked" in run("update").err
    (made / "git").rename(made / ".git")
    (made / "mine.txt").unlink()

    monkeypatch.setitem(sys.modules, "copier", None)
    code, _, err = run("update")
    assert (code, err) == (2, "platform-gen: update needs Copier: pip install 'itdo-platform-gen[update]'\n")
