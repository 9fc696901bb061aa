"""A service's files for other tools match the schemas that those tools publish."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from conformance.service.combinations import combinations, distinct
from conformance.service.command import Outcome, run
from conformance.service.tools import tool

DEVCONTAINER = Path(__file__).with_name("devcontainer.schema.json")


@dataclass(frozen=True, slots=True)
class Format:
    """A file of a service, how check-jsonschema is asked about it, and a fault that it has to find."""

    path: str
    options: tuple[str, ...]
    fault: tuple[str, str]
    """A text of the file, and what is written for it."""


FORMATS = {
    "workflow": Format(
        ".github/workflows/ci.yaml",
        ("--builtin-schema", "vendor.github-workflows"),
        ("runs-on: ubuntu-24.04", "runs_on: ubuntu-24.04"),
    ),
    "release": Format(
        ".github/workflows/release.yaml",
        ("--builtin-schema", "vendor.github-workflows"),
        ("id-token: write", "id-token: sometimes"),
    ),
    "security": Format(
        ".github/workflows/security.yaml",
        ("--builtin-schema", "vendor.github-workflows"),
        ("cron:", "corn:"),
    ),
    "timeouts": Format(
        ".github/workflows/ci.yaml",
        ("--builtin-schema", "custom.github-workflows-require-timeout"),
        ("timeout-minutes: 15", "continue-on-error: false"),
    ),
    "gitlab": Format(
        ".gitlab-ci.yml",
        ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
        ("when: always", "when: sometimes"),
    ),
    "renovate": Format(
        "renovate.json",
        ("--builtin-schema", "vendor.renovate"),
        ('"automerge": true', '"automerge": "yes"'),
    ),
    "compose": Format(
        "compose.yaml",
        ("--builtin-schema", "vendor.compose-spec"),
        ("read_only:", "readonly:"),
    ),
    "devcontainer": Format(
        ".devcontainer/devcontainer.json",
        ("--schemafile", str(DEVCONTAINER)),
        ('"forwardPorts"', '"forwardPort"'),
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_file_matches(name: str, trees: Path) -> None:
    form = FORMATS[name]
    having = [combination for combination in combinations() if form.path in combination.files]
    files = [f"{name}/{form.path}" for name in distinct(form.path, of=having)]
    assert files
    assert "ok" in _checked(form, trees, *files).passed().output


@pytest.mark.parametrize("name", FORMATS)
def test_a_fault_is_found(name: str, tmp_path: Path) -> None:
    """Else the test above could not fail."""
    form = FORMATS[name]
    right, wrong = form.fault
    text = next(found.files[form.path].decode() for found in combinations() if form.path in found.files)
    assert right in text
    file = tmp_path / form.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace(right, wrong, 1), "utf-8")
    found = _checked(form, tmp_path, form.path)
    assert (found.code, "validation errors were encountered" in found.output) == (1, True), found.output


def test_hooks_are_ones_that_pre_commit_takes(trees: Path) -> None:
    files = [f"{name}/.pre-commit-config.yaml" for name in distinct(".pre-commit-config.yaml", of=combinations())]
    assert run([tool("pre-commit"), "validate-config", *files], trees).passed().output == ""


def _checked(form: Format, folder: Path, *files: str) -> Outcome:
    return run([tool("check-jsonschema"), *form.options, *files], folder)
