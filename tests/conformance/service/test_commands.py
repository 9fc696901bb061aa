"""What a service's own README and AGENTS.md say to do: it works, in a fresh environment, with real servers."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

from conformance.service.combinations import to_run
from conformance.service.command import run
from conformance.service.interpreters import at_hand
from conformance.service.tools import tool

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.service.checkout import Checkout


def test_the_readme_says_what_is_run(checkout: Checkout) -> None:
    """Each of these lines stands there; what starts servers was done by the tests."""
    migrations = ["uv run alembic upgrade head"] if checkout.combination.database else []
    assert checkout.commands == [
        "uv sync",
        "cp .env.example .env",
        *migrations,
        "uv run pytest --cov",
        f"uv run python -m {checkout.package}",
    ]
    assert checkout.checks == [
        "uv run ruff check .",
        "uv run ruff format --check .",
        "uv run mypy",
        "uv run pytest --cov",
    ]


def test_every_command_passes(checkout: Checkout) -> None:
    for outcome in checkout.outcomes.values():
        outcome.passed()
    assert [*checkout.outcomes] == list(dict.fromkeys([*checkout.commands[:-1], *checkout.checks]))


def test_its_tests_ran_on_the_python_it_is_made_for(checkout: Checkout) -> None:
    """All of them, with none skipped, and as much of the code as its gate asks for."""
    said = checkout.outcomes["uv run pytest --cov"].output
    (passed,) = re.findall(r"=+ (\d+) passed(?:, \d+ warnings?)? in ", said)
    assert int(passed) >= 35
    assert f"python {checkout.combination.values['python_version']}." in said
    gate = tomllib.loads((checkout.folder / "pyproject.toml").read_text("utf-8"))["tool"]["coverage"]["report"][
        "fail_under"
    ]
    assert gate >= 90
    assert f"Required test coverage of {gate}.0% reached" in said


def test_the_versions_of_python_at_hand_are_all_run() -> None:
    assert {combination.values["python_version"] for combination in to_run().values()} == set(list(at_hand())[:4])


def test_uv_is_the_one_of_the_image(checkout: Checkout) -> None:
    """What these tests run is what the service is built with."""
    version = run([tool("uv"), "--version"], checkout.folder).passed().output.split()[1]
    assert f"/uv:{version}" in (checkout.folder / "Dockerfile").read_text("utf-8")


def test_its_documentation_is_built_without_a_warning(checkout: Checkout, tmp_path: Path) -> None:
    """By MkDocs with the plugin of TechDocs, as Backstage builds it."""
    outcome = checkout.run(f"uv run --group docs mkdocs build --strict --site-dir {tmp_path}").passed()
    assert "WARNING" not in outcome.output
    assert checkout.combination.values["name"] in (tmp_path / "index.html").read_text("utf-8")
    assert (tmp_path / "operations/index.html").exists()


def test_what_its_ci_writes_for_others_is_written(checkout: Checkout, tmp_path: Path) -> None:
    """The requirements for pip-audit, and the SBOM, by the lines of its workflows."""
    requirements, sbom = tmp_path / "requirements.txt", tmp_path / "sbom.json"
    lines = {
        "uv export --no-dev --no-emit-project --output-file requirements.txt": requirements,
        "uv export --no-dev --preview-features sbom-export --format cyclonedx1.5 --output-file sbom.json": sbom,
    }
    workflows = "".join(content.decode() for path, content in checkout.combination.files.items() if _is_ci(path))
    for line, file in lines.items():
        assert line in workflows
        checkout.run(line.replace(file.name, str(file))).passed()
    assert "--hash=sha256:" in requirements.read_text("utf-8")
    assert re.search(r"^fastapi==", requirements.read_text("utf-8"), re.MULTILINE)
    found = json.loads(sbom.read_text("utf-8"))
    assert (found["bomFormat"], found["metadata"]["component"]["name"]) == (
        "CycloneDX",
        checkout.combination.values["name"],
    )
    assert "fastapi" in {component["name"] for component in found["components"]}


def test_the_image_has_all_that_the_service_needs(checkout: Checkout, tmp_path: Path) -> None:
    """Without the tools of its developers, from a folder with none of its files, and without any setting."""
    image = checkout.image
    outcome = run(image.command("openapi"), tmp_path, {**checkout.environment(), **image.variables}).passed()
    assert json.loads(outcome.output) == json.loads((checkout.folder / "openapi.json").read_text("utf-8"))
    installed = {path.name for path in image.environment.glob("lib/python*/site-packages/*")}
    assert {"fastapi", "uvicorn", checkout.package} <= installed
    assert installed.isdisjoint({"pytest", "mypy", "schemathesis", "httpx"})
    assert ("sqlalchemy" in installed, "redis" in installed) == (
        checkout.combination.database,
        checkout.combination.cache,
    )


def _is_ci(path: str) -> bool:
    return path == ".gitlab-ci.yml" or path.startswith(".github/workflows/")
