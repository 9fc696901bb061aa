"""git-clone and clean-up, with real repositories: what is fetched, and what the results say of it."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from conformance.tekton.scripts.rendered import steps
from conformance.tekton.scripts.repository import DATE, Repository

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.tekton.scripts.sandbox import Outcome, Sandbox


@pytest.fixture
def remote(tmp_path: Path) -> Repository:
    """Make a remote with two commits on main, a tag on the first, and a branch."""
    remote = Repository.bare(tmp_path / "remote.git")
    work = Repository.clone(remote, tmp_path / "work")
    work.commit({"file": "first"})
    work.git("tag", "--annotate", "-m", "first", "v1")
    work.commit({"file": "second"})
    work.git("push", "--quiet", "origin", "v1", "HEAD:refs/heads/feature/x")
    return remote


@pytest.fixture
def output(sandbox: Sandbox, tmp_path: Path) -> Path:
    """Make a workspace that another run has left full."""
    folder = tmp_path / "output"
    (folder / ".git").mkdir(parents=True)
    (folder / "old").write_text("old")
    (folder / "..odd").write_text("old")
    sandbox.workspaces["output"] = folder
    return folder


def clone(sandbox: Sandbox, remote: str, revision: str, **parameters: str) -> Outcome:
    """Run the step."""
    return sandbox.run(steps("git-clone")["clone"], url=remote, revision=revision, **parameters)


@pytest.mark.parametrize(
    ("revision", "is_at"),
    [("main", "main"), ("feature/x", "main"), ("v1", "v1^{commit}"), ("v1^{commit}", "v1^{commit}")],
    ids=["main", "branch", "tag", "commit"],
)
def test_revision_is_fetched(sandbox: Sandbox, remote: Repository, output: Path, revision: str, is_at: str) -> None:
    """A branch, a tag and a commit, as one commit; the results never say a name that moves."""
    expected = remote.git("rev-parse", is_at)
    asked = remote.git("rev-parse", revision) if "^" in revision else revision
    clone(sandbox, remote.url, asked).passed()

    assert sandbox.result("commit") == expected
    assert sandbox.result("url") == remote.url
    assert sandbox.result("committer-date") == DATE
    assert sorted(path.name for path in output.iterdir()) == [".git", "file"]
    assert Repository(output).git("rev-list", "--count", "HEAD") == "1"


def test_short_commit_and_whole_history(sandbox: Sandbox, remote: Repository, output: Path) -> None:
    """What no server offers by its name is found in the history."""
    expected = remote.git("rev-parse", "v1^{commit}")
    clone(sandbox, remote.url, expected[:8]).passed()
    assert sandbox.result("commit") == expected

    clone(sandbox, remote.url, "main", depth="0").passed()
    assert Repository(output).git("rev-list", "--count", "HEAD") == "2"


@pytest.mark.usefixtures("output")
@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"revision": "nowhere"}, 'has no revision "nowhere"'),
        ({"revision": "--upload-pack=x"}, "is no revision"),
        ({"depth": "all"}, "is no depth"),
        ({"url": "--upload-pack=x"}, "is no URL"),
        ({"url": "https://user:password@example.com/x.git"}, "holds credentials"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_bad_parameter_is_said(sandbox: Sandbox, remote: Repository, parameters: dict[str, str], said: str) -> None:
    """Before anything is asked of the network, where that can be seen."""
    given = {"url": remote.url, "revision": "main"} | parameters
    outcome = sandbox.run(steps("git-clone")["clone"], **given).failed(said)
    assert "password" not in outcome.output


@pytest.mark.usefixtures("output")
def test_missing_repository_is_tried_three_times(sandbox: Sandbox, tmp_path: Path) -> None:
    """A network may have a bad moment."""
    outcome = clone(sandbox, (tmp_path / "gone.git").as_uri(), "main").failed("could not be fetched")
    assert outcome.output.count("trying again") == 2


@pytest.mark.usefixtures("output")
def test_credentials_are_taken_from_the_workspace(sandbox: Sandbox, remote: Repository, tmp_path: Path) -> None:
    """Of both forms; others cannot read what is copied."""
    secret = tmp_path / "secret"
    secret.mkdir()
    sandbox.workspaces["git-credentials"] = secret
    clone(sandbox, remote.url, "main").failed("holds no credentials")

    (secret / ".gitconfig").write_text(f'[url "{remote.url}"]\n\tinsteadOf = https://git.example/x.git\n')
    (secret / ".git-credentials").write_text("https://user:password@git.example\n")
    clone(sandbox, "https://git.example/x.git", "main").passed()
    assert sandbox.result("url") == "https://git.example/x.git"
    assert stat.S_IMODE((sandbox.home / ".git-credentials").stat().st_mode) == 0o600

    (secret / "ssh-privatekey").write_text("key")
    clone(sandbox, remote.url, "main").failed("no known_hosts")
    (secret / "known_hosts").write_text("hosts")
    sandbox.record("ssh", "exit 1")
    clone(sandbox, "git@git.example:x.git", "main").failed("could not be fetched")
    arguments = sandbox.calls("ssh")[0]
    assert f"UserKnownHostsFile={secret}/known_hosts" in arguments
    assert "StrictHostKeyChecking=yes" in arguments


def test_submodules_are_fetched(sandbox: Sandbox, remote: Repository, output: Path, tmp_path: Path) -> None:
    """A repository without its parts would build something else."""
    sandbox.overrides["GIT_ALLOW_PROTOCOL"] = "file"
    part = Repository.bare(tmp_path / "part.git")
    Repository.clone(part, tmp_path / "part").commit({"inner": "part"})
    work = Repository.clone(remote, tmp_path / "whole")
    work.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", part.url, "part")
    work.commit({})
    clone(sandbox, remote.url, "main").passed()
    assert (output / "part/inner").read_text() == "part"


def test_workspace_is_emptied(sandbox: Sandbox, output: Path) -> None:
    """Hidden files too; the folder stays, for it is the volume's."""
    sandbox.workspaces["source"] = output
    sandbox.run(steps("clean-up")["remove"]).passed()
    assert list(output.iterdir()) == []
