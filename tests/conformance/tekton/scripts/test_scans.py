"""The scans: Gitleaks is real, built by Go; Trivy is a recorder, whose arguments are held to what they must be."""

from __future__ import annotations

import random
import string
from typing import TYPE_CHECKING

import pytest

from conformance.tekton.scripts.rendered import steps
from conformance.tekton.scripts.repository import Repository
from conformance.tekton.scripts.samples import languages, lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.tekton.scripts.sandbox import Sandbox

IMAGE = f"registry.example/orders@sha256:{'a' * 64}"


def secret() -> str:
    """Make up what looks like a token: none may stand in this repository."""
    return "ghp" + "_" + "".join(random.Random(4).choices(string.ascii_letters + string.digits, k=36))  # noqa: S311


@pytest.fixture
def source(sandbox: Sandbox, gitleaks: Path, tmp_path: Path) -> Repository:
    """Make a clean repository, and put the tool on the path."""
    sandbox.path.append(gitleaks)
    folder = lay_out(tmp_path / "source", "python")
    made = Repository(folder)
    made.git("init", "--quiet", "--initial-branch=main")
    made.commit({}, push=False)
    sandbox.workspaces["source"] = folder
    return made


def test_clean_repository_passes(sandbox: Sandbox, source: Repository) -> None:
    """Its files and its history, or the files alone where there is no history."""
    step = steps("secret-scan")["scan"]
    assert "1 commits scanned" in sandbox.run(step).passed().output
    (source.folder / ".git").rename(source.folder.parent / "history")
    sandbox.run(step).passed()


def test_secret_in_a_file_is_found(sandbox: Sandbox, source: Repository) -> None:
    """Committed or not; and it is not shown."""
    (source.folder / "settings.py").write_text(f'TOKEN = "{secret()}"\n')
    outcome = sandbox.run(steps("secret-scan")["scan"]).failed("settings.py", "secrets in the files\n", "revoke")
    assert secret() not in outcome.output


def test_secret_in_the_history_is_found(sandbox: Sandbox, source: Repository) -> None:
    """It was taken away, and is known to everybody."""
    source.commit({"src/settings.py": f'TOKEN = "{secret()}"\n'}, push=False)
    (source.folder / "src/settings.py").unlink()
    source.commit({}, push=False)
    outcome = sandbox.run(steps("secret-scan")["scan"], directory="src").failed("secrets in the history\n")
    assert secret() not in outcome.output


def test_secret_scan_needs_its_folder(sandbox: Sandbox, source: Repository) -> None:
    """Gitleaks passes where there is nothing."""
    assert source.folder.exists()
    sandbox.run(steps("secret-scan")["scan"], directory="gone").failed("there is no folder gone")


LOCKS = {"python": "uv.lock", "nodejs": "package-lock.json", "go": "go.mod", "rust": "Cargo.lock"}
# As Trivy does: 1 for findings, and for trouble too.
TRIVY = 'case "$*" in *--download-db-only) exit 0 ;; esac\n[ ! -e vulnerable ]'


@pytest.mark.parametrize("language", languages())
def test_dependencies_are_scanned(sandbox: Sandbox, language: str, tmp_path: Path) -> None:
    """The database first, with patience; then the lock files, by severity."""
    sandbox.workspaces["source"] = source = lay_out(tmp_path / "source", language)
    (source / LOCKS[language]).touch()
    sandbox.record("trivy", TRIVY)
    step = steps("dependency-scan")["scan"]
    sandbox.run(step, severity="CRITICAL").passed()
    assert sandbox.calls("trivy") == [
        ["image", "--download-db-only"],
        [
            *("filesystem", "--skip-db-update", "--scanners", "vuln"),
            *("--severity", "CRITICAL", "--exit-code", "1", "."),
        ],
    ]
    (source / "vulnerable").touch()
    sandbox.run(step).failed("vulnerabilities of severity HIGH,CRITICAL", "fixed version")


def test_dependencies_that_no_lock_file_names_are_no_pass(sandbox: Sandbox, tmp_path: Path) -> None:
    """Trivy would look at nothing."""
    sandbox.workspaces["source"] = lay_out(tmp_path / "source", "python")
    sandbox.record("trivy", TRIVY)
    step = steps("dependency-scan")["scan"]
    sandbox.run(step).failed("no lock file")
    sandbox.run(step, severity="HIGH --exit-code 0").failed("names no severities")
    sandbox.run(step, directory="gone").failed("there is no folder gone")
    assert sandbox.calls("trivy") == []


def test_database_that_does_not_come_is_said(sandbox: Sandbox, tmp_path: Path) -> None:
    """And not taken for findings."""
    sandbox.workspaces["source"] = lay_out(tmp_path / "source", "go")
    sandbox.record("trivy", "exit 1")
    sandbox.run(steps("dependency-scan")["scan"]).failed("database could not be fetched")
    assert sandbox.calls("trivy") == [["image", "--download-db-only"]] * 3


def test_image_is_scanned_by_its_digest(sandbox: Sandbox, tmp_path: Path) -> None:
    """As the registry has it, with the credentials of the workspace."""
    (tmp_path / "docker").mkdir()
    (tmp_path / "docker/.dockerconfigjson").write_text("{}")
    sandbox.workspaces["dockerconfig"] = tmp_path / "docker"
    sandbox.record("trivy", f'[ -f "$DOCKER_CONFIG/config.json" ] || exit 9\n{TRIVY}')
    step = steps("image-scan")["scan"]
    sandbox.run(step, image=IMAGE).passed()
    assert sandbox.calls("trivy")[1] == [
        *("image", "--skip-db-update", "--image-src", "remote", "--scanners", "vuln,secret"),
        *("--severity", "HIGH,CRITICAL", "--exit-code", "1", IMAGE),
    ]
    (sandbox.folder / "work/vulnerable").touch()
    sandbox.run(step, image=IMAGE).failed("has findings of severity HIGH,CRITICAL")
    sandbox.run(step, image="registry.example/orders:latest").failed("names no exact image")
