"""The package as others install it: built, put into a new environment, and used from an unrelated folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import itdo_platform_gen
from conformance.sources import ROOT, copy_sources
from conformance.toolchain import need
from itdo_platform_gen.testing import preview, render_case

if TYPE_CHECKING:
    from pathlib import Path

CASE = ROOT / "blueprints/namespace-bundle/cases/full.yaml"


@dataclass(frozen=True)
class Environment:
    """A virtual environment, and an empty folder to run its commands in."""

    folder: Path
    elsewhere: Path

    @classmethod
    def make(cls, folder: Path, *what: str) -> Environment:
        """Make one with this installed from the registry, as a user would."""
        made = cls(folder / "environment", folder / "elsewhere")
        made.elsewhere.mkdir(parents=True)
        _run(sys.executable, "-m", "venv", str(made.folder), cwd=folder)
        made.run("python", "-m", "pip", "install", "-q", *what)
        return made

    def run(self, program: str, *arguments: str) -> bytes:
        return _run(str(self.folder / "bin" / program), *arguments, cwd=self.elsewhere)


def _run(*command: str, cwd: Path) -> bytes:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=environment, check=False, capture_output=True)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    return done.stdout


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the sources, which a build might write to."""
    return copy_sources(tmp_path_factory.mktemp("package") / "sources")


@pytest.fixture(scope="module")
def built(sources: Path) -> Path:
    """Build the sdist and, from that, the wheel."""
    need(modules=("build",))
    _run(sys.executable, "-m", "build", "--outdir", str(sources.parent / "built"), cwd=sources)
    return sources.parent / "built"


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """Give the only wheel."""
    (wheel,) = built.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Install the wheel."""
    return Environment.make(tmp_path_factory.mktemp("wheel"), str(wheel))


def _files(folder: Path, prefix: str) -> set[str]:
    return {prefix + str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_wheel_holds_all_and_nothing_else(wheel: Path, sources: Path) -> None:
    """The package, the blueprints, the schemas, the metadata."""
    data = "itdo_platform_gen/_shipped"
    information = f"itdo_platform_gen-{itdo_platform_gen.__version__}.dist-info/"
    expected = {
        *_files(sources / "src/itdo_platform_gen", "itdo_platform_gen/"),
        *_files(sources / "blueprints", f"{data}/blueprints/"),
        *_files(sources / "schemas", f"{data}/schemas/"),
        f"{data}/docs/diagnostics.md",
        *(information + name for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")),
    }
    with zipfile.ZipFile(wheel) as archive:
        assert set(archive.namelist()) == expected


def test_sdist_builds_and_holds_what_a_wheel_needs(built: Path, sources: Path) -> None:
    """The wheel of the other tests is built from it; tests and examples stay in the repository."""
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert _files(sources / "src", "src/") <= names
    assert {name.partition("/")[0] for name in names} == {
        ".gitignore",
        "CHANGELOG.md",
        "LICENSE",
        "PKG-INFO",
        "README.md",
        "blueprints",
        "docs",
        "pyproject.toml",
        "schemas",
        "src",
    }


def test_installed_command_renders_the_same_bytes(environment: Environment) -> None:
    """From an unrelated folder, and without the checkout."""
    listed = environment.run("platform-gen", "list").decode()
    assert [line.split()[0] for line in listed.splitlines()] == sorted(p.name for p in ROOT.glob("blueprints/*"))

    previewed = environment.run("platform-gen", "preview", "namespace-bundle", "--values", str(CASE))
    assert previewed == preview(render_case(CASE.parents[1], CASE.stem)).encode()


def test_installed_command_makes_the_same_repository(environment: Environment) -> None:
    """Pip has compiled the Python files of its tree, which are no part of it."""
    folder = ROOT / "blueprints/fastapi-service"
    case = folder / "cases/database-cache.yaml"
    environment.run("platform-gen", "new", folder.name, "orders", "--values", str(case))
    made = environment.elsewhere / "orders"
    written = {str(path.relative_to(made)): path.read_bytes() for path in made.rglob("*") if path.is_file()}
    assert written == {path: file.content for path, file in render_case(folder, case.stem).items()}


def test_installed_package_runs_as_a_module(environment: Environment) -> None:
    """As `python -m itdo_platform_gen` too, and it lies where it was installed."""
    version = f"platform-gen {itdo_platform_gen.__version__}\n"
    assert environment.run("python", "-m", "itdo_platform_gen", "--version").decode() == version
    found = environment.run("python", "-c", "import itdo_platform_gen; print(itdo_platform_gen.__file__)").decode()
    assert found.startswith(str(environment.folder))


def test_installed_package_is_typed(environment: Environment) -> None:
    """Type checkers read its annotations."""
    code = "from importlib.resources import files; print(files('itdo_platform_gen').joinpath('py.typed').is_file())"
    assert environment.run("python", "-c", code) == b"True\n"


def test_editable_install_sees_edits(sources: Path, tmp_path: Path) -> None:
    """Who works on a blueprint in the checkout sees each edit at once."""
    environment = Environment.make(tmp_path, "-e", str(sources))
    before = environment.run("platform-gen", "list").decode()
    assert "namespace-bundle" in before.split()
    assert "Edited" not in before

    blueprint = sources / "blueprints/namespace-bundle/blueprint.yaml"
    text = blueprint.read_text("utf-8")
    blueprint.write_text(text.replace("  title: ", "  title: Edited ", 1), "utf-8")
    assert "Edited" in environment.run("platform-gen", "list").decode()
    blueprint.write_text(text, "utf-8")
