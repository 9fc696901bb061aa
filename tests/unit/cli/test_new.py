"""`platform-gen new`."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run

BLUEPRINT = """\
apiVersion: blueprints.itdo-erp.com/v1
kind: Blueprint
metadata: {name: service, title: Service, description: A repository., version: 1.0.0, owner: platform}
spec:
  type: service
  parameters:
    required: [name, port]
    properties:
      name: {type: string, pattern: '^[a-z]+$', description: Lower-case letters.}
      port: {type: integer}
"""
NEW = ("new", "service", "orders", "--blueprints", "blueprints")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    content = tmp_path / "blueprints/service/content"
    content.mkdir(parents=True)
    (content.parent / "blueprint.yaml").write_text(BLUEPRINT)
    (content / "README.md.jinja").write_text("# ${{ values.name }} on ${{ values.port }}\n")
    (content / "run.sh").write_text("#!/bin/sh\n")
    (content / "run.sh").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_repository_is_made(place: Path, run: Run) -> None:
    code, out, err = run(*NEW, "--set", "name=orders", "--set", "port=80")
    assert (code, out, err) == (0, "orders: 2 files from service 1.0.0\n", "")
    assert (place / "orders/README.md").read_text() == "# orders on 80\n"
    assert os.access(place / "orders/run.sh", os.X_OK)


@pytest.mark.usefixtures("place")
def test_json_lists_the_files(run: Run) -> None:
    code, out, _ = run(*NEW, "--set", "name=orders", "--set", "port=80", "--format", "json")
    assert (code, json.loads(out)["files"]) == (0, ["README.md", "run.sh"])


def test_what_is_missing_is_told_where_nobody_can_be_asked(place: Path, run: Run) -> None:
    code, _, err = run(*NEW, "--set", "name=Orders")
    assert code == 1
    assert "VAL002" in err
    assert "VAL003" in err
    assert not (place / "orders").exists()


def test_a_folder_that_is_not_empty_stays_as_it_is(place: Path, run: Run) -> None:
    (place / "orders").mkdir()
    (place / "orders/mine").write_text("keep")
    code, _, err = run(*NEW, "--set", "name=orders", "--set", "port=80")
    assert (code, "error[PLT010]" in err) == (1, True)
    assert [path.name for path in (place / "orders").iterdir()] == ["mine"]


def test_changes_around_it_have_to_be_committed_first(place: Path, run: Run) -> None:
    subprocess.run(["git", "init", "-q", str(place)], check=True)
    code, _, err = run(*NEW, "--set", "name=orders", "--set", "port=80")
    assert (code, "has changes that are not committed" in err) == (1, True)
    identity = ["-c", "user.name=a", "-c", "user.email=a@corp.example"]
    subprocess.run(["git", "-C", str(place), "add", "-A"], check=True)
    subprocess.run(["git", "-C", str(place), *identity, "commit", "-qm", "all"], check=True)
    assert run(*NEW, "--set", "name=orders", "--set", "port=80").code == 0


def test_it_says_where_its_template_is_kept(place: Path, run: Run) -> None:
    """Unless the one who makes it says so; outside of git nobody knows."""
    blueprint = place / "blueprints/service/blueprint.yaml"
    asked = "      source: {type: string, default: ''}\n      version: {type: string, default: none}\n"
    blueprint.write_text(f"{BLUEPRINT}{asked}  provenance: {{source: source, version: version}}\n")
    (place / "blueprints/service/content/made.jinja").write_text("${{ values.source }} ${{ values.version }}\n")
    words = ("--blueprints", "blueprints", "--set", "name=orders", "--set", "port=80")

    def made(name: str, *more: str) -> str:
        assert run("new", "service", name, *words, *more).code == 0
        return (place / name / "made").read_text()

    code, _, err = run("new", "service", "nowhere", *words)
    assert (code, "nowhere: notice[PLT013] it does not say where its template is kept" in err) == (0, True)
    assert "--set source=…" in err
    assert made("outside") == " none\n"
    identity = ["-c", "user.name=a", "-c", "user.email=a@corp.example"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"], ["tag", "v1.0.0"]):
        subprocess.run(["git", "-C", str(place), *identity, *command], check=True)
    assert made("inside") == f"{place} v1.0.0\n"
    (place / ".git/info/exclude").write_text("/inside\n")
    assert "PLT013" not in run("new", "service", "known", *words).err
    (place / ".git/info/exclude").write_text("/inside\n/known\n")
    assert made("told", "--set", "source=https://git.corp.example") == "https://git.corp.example v1.0.0\n"


@pytest.mark.usefixtures("place")
def test_a_blueprint_of_manifests_makes_no_repository(run: Run) -> None:
    code, _, err = run("new", "namespace-bundle", "orders")
    assert (code, "error[PLT011]" in err) == (1, True)


def test_at_a_terminal_it_asks_until_every_answer_fits(place: Path) -> None:
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "itdo_platform_gen", *NEW]
    with subprocess.Popen(command, stdin=child, stdout=subprocess.PIPE, stderr=child, cwd=place) as process:
        os.close(child)
        os.write(parent, b"Orders\n8080\norders\n")
        seen = b""
        while process.poll() is None or b"> " not in seen:
            try:
                seen += os.read(parent, 4096)
            except OSError:
                break
    os.close(parent)
    assert process.returncode == 0, seen.decode()
    assert b"name (Lower-case letters.)" in seen
    assert b"does not match" in seen or b"expected" in seen
    assert (place / "orders/README.md").read_text() == "# orders on 8080\n"
