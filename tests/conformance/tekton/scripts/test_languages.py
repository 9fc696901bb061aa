"""The gates of each language on sample repositories: the clean one passes, each fault is found and said.

The languages' own tools are real: uv, ruff, mypy and pytest by PyPI, Node.js, Go and Rust as the machine has them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from conformance.tekton.scripts.rendered import steps
from conformance.tekton.scripts.samples import faults, languages, lay_out
from conformance.tekton.scripts.sandbox import Outcome, Sandbox, contents
from conformance.toolchain import need

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMS = {"go": ("go",), "nodejs": ("node", "npm"), "python": (), "rust": ("cargo", "cargo-clippy", "rustfmt")}
SAID = {
    ("python", "lint"): ("unused.py", "code quality: ruff check"),
    ("python", "format"): ("spaced.py", "code quality: ruff format"),
    ("python", "types"): ("typed.py", "code quality: mypy"),
    ("python", "test"): ("test_wrong", "unit tests: pytest ended with 1"),
    ("nodejs", "lint"): ("sample.js:3", "code quality: npm run lint"),
    ("nodejs", "types"): ("package.json has no script typecheck",),
    ("nodejs", "test"): ("wrong", "unit tests: npm test failed"),
    ("go", "lint"): ("vet.go", "code quality: go vet"),
    ("go", "format"): ("format.go", "code quality: gofmt"),
    ("go", "test"): ("TestWrong", "unit tests: go test failed"),
    ("rust", "lint"): ("ptr_arg", "code quality: cargo clippy"),
    ("rust", "format"): ("lib.rs", "code quality: cargo fmt"),
    ("rust", "test"): ("twice", "unit tests: cargo test failed"),
}


@pytest.fixture
def shell() -> str:
    """Give the shell of Debian alone: the images of languages are built on it, and these tests take their time."""
    return "sh"


def repository(sandbox: Sandbox, language: str, fault: str = "") -> Path:
    """Lay out a sample in a folder of the workspace, and lock what has to be."""
    source = sandbox.folder.parent / "source"
    folder = lay_out(source / "service", language, fault)
    if language == "nodejs":
        command = ["npm", "install", "--package-lock-only", "--silent"]
        subprocess.run(command, cwd=folder, check=True, stdin=subprocess.DEVNULL)
    sandbox.workspaces["source"] = source
    return folder


def gate(sandbox: Sandbox, kind: str, language: str) -> Outcome:
    """Run a gate, which must leave the workspace as it was: others read it at the same time."""
    need(*PROGRAMS[language])
    before = contents(sandbox.workspaces["source"])
    shutil.rmtree(sandbox.home, ignore_errors=True)  # each pod begins with an empty one
    (step,) = steps(f"{kind}-{language}").values()
    outcome = sandbox.run(step, directory="service")
    assert contents(sandbox.workspaces["source"]) == before
    return outcome


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", ["quality", "test"])
def test_clean_passes(toolchain: Sandbox, kind: str, language: str) -> None:
    """Quality and unit tests."""
    need(*PROGRAMS[language])
    repository(toolchain, language)
    gate(toolchain, kind, language).passed()


@pytest.mark.usefixtures("uv")
@pytest.mark.parametrize(("language", "fault"), faults())
def test_fault_is_found(toolchain: Sandbox, language: str, fault: str) -> None:
    """By the gate it is for, where it stands, with the way out."""
    need(*PROGRAMS[language])
    repository(toolchain, language, fault)
    gate(toolchain, "test" if fault == "test" else "quality", language).failed(*SAID[language, fault])


@pytest.mark.usefixtures("uv")
@pytest.mark.parametrize(
    ("language", "path", "said"),
    [
        ("python", "tests", "unit tests: there are none"),
        ("go", "sample_test.go", "unit tests: there are none"),
        ("nodejs", "package-lock.json", "there is no package-lock.json"),
        ("rust", "Cargo.lock", "there is no Cargo.lock"),
    ],
)
def test_what_is_missing_is_no_pass(toolchain: Sandbox, language: str, path: str, said: str) -> None:
    """Nothing to test, or nothing that says which dependencies."""
    need(*PROGRAMS[language])
    missing = repository(toolchain, language) / path
    if missing.is_dir():
        shutil.rmtree(missing)
    else:
        missing.unlink()
    gate(toolchain, "test", language).failed(said)


def test_nodejs_by_lock_file(toolchain: Sandbox) -> None:
    """It is taken as it is, or not at all."""
    need(*PROGRAMS["nodejs"])
    project = repository(toolchain, "nodejs") / "package.json"
    project.write_text(project.read_text("utf-8").replace("2.1.3", "2.1.2"))
    gate(toolchain, "test", "nodejs").failed("could not be installed as package-lock.json has them")


def test_python_by_lock_file(toolchain: Sandbox, installed_uv: Path) -> None:
    """It is taken as it is, or not at all."""
    toolchain.path.append(installed_uv)
    folder = repository(toolchain, "python")
    subprocess.run(
        [installed_uv / "uv", "lock", "--quiet"], cwd=folder, check=True, env=os.environ | toolchain.overrides
    )
    assert "note: without uv.lock" not in gate(toolchain, "test", "python").passed().output

    project = folder / "pyproject.toml"
    project.write_text(
        project.read_text("utf-8").replace("requires-python", 'dependencies = ["packaging"]\nrequires-python')
    )
    gate(toolchain, "test", "python").failed("could not be installed as uv.lock has them")


@pytest.mark.usefixtures("uv")
def test_python_by_requirements(toolchain: Sandbox) -> None:
    """A project of scripts, with rules of its own for types."""
    folder = repository(toolchain, "python", "types")
    shutil.move(folder / "src/sample", folder / "sample")
    (folder / "tests").rename(folder / "checks")
    (folder / "pyproject.toml").write_text('[tool.mypy]\nfiles = ["sample/__init__.py"]\n')
    gate(toolchain, "quality", "python").failed("there is no Python project in service")
    (folder / "requirements.txt").write_text("packaging\n")
    gate(toolchain, "quality", "python").passed()
    (folder / "requirements.txt").write_text("packaging==0\n")
    gate(toolchain, "quality", "python").failed("requirements.txt could not be installed")


@pytest.mark.parametrize("language", languages())
def test_language_is_detected(sandbox: Sandbox, language: str) -> None:
    """By its project file."""
    source = lay_out(sandbox.folder.parent / "source", language)
    sandbox.workspaces["source"] = source
    sandbox.run(steps("detect-language")["detect"]).passed()
    assert sandbox.result("language") == language


def test_language_that_is_not_known_fails(sandbox: Sandbox) -> None:
    """As the document's gate, which passed everything, did not."""
    sandbox.workspaces["source"] = sandbox.folder
    sandbox.run(steps("detect-language")["detect"]).failed("the language of . is not known")
    sandbox.run(steps("detect-language")["detect"], directory="gone").failed("there is no folder gone")


def test_languages_that_the_pipeline_has_not_are_not_looked_for(sandbox: Sandbox) -> None:
    """Two at once are told apart by what the pipeline is for, or by the folder."""
    source = lay_out(lay_out(sandbox.folder.parent / "source", "python"), "nodejs")
    sandbox.workspaces["source"] = source
    sandbox.run(steps("detect-language")["detect"]).failed("several languages: python, nodejs")
    sandbox.run(steps("detect-language", ("nodejs",))["detect"]).passed()
    assert sandbox.result("language") == "nodejs"
    sandbox.run(steps("detect-language", ("rust",))["detect"]).failed("no project file of rust")
