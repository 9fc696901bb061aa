"""Every combination of database, cache, Python and forge, and every case: its files are what they claim to be."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

import pytest
import yaml

from conformance.service.combinations import BLUEPRINT, combinations, distinct, each_file
from conformance.service.command import run
from conformance.service.interpreters import MINORS
from conformance.service.tools import tool
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.testing import cases

if TYPE_CHECKING:
    from pathlib import Path

_IGNORED = re.compile(
    r"#\s*(?:noqa|nosec|type:\s*ignore|pragma:|zizmor:\s*ignore|hadolint\s+ignore|shellcheck\s+disable|gitleaks:allow)"
    r"(?P<rules>[^#\n]*)"
)
_REASON = re.compile(r"(?:: ?[A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)*|\[[a-z-]+\]) {2}\w")
_EMPTY_IN_GIT = {"py.typed"}


def test_every_choice_is_there() -> None:
    """Two times two times four times two, and the cases."""
    found = {combination.name for combination in combinations()}
    assert len(found) == 2 * 2 * len(MINORS) * 2 + len(cases(BLUEPRINT))
    assert {"github-3.11", "gitlab-3.14-database-cache", "awkward"} <= found
    chosen = [combination for combination in combinations() if combination.given["name"] == "orders-api"]
    assert len({tuple(combination.files.items()) for combination in chosen}) == 2 * 2 * len(MINORS) * 2


def test_every_file_is_read() -> None:
    """YAML by a reader of 1.1 and by ours of 1.2, JSON and TOML by Python's, Python by its own parser."""
    kinds: dict[str, int] = {}
    for path, content in each_file():
        kind = path.rpartition(".")[2]
        text = content.decode("utf-8")
        if kind in {"yaml", "yml"}:
            assert [*yaml.safe_load_all(text)], path
            assert compose(Text(path, text)), path
        elif kind == "json":
            json.loads(text)
        elif kind == "toml":
            tomllib.loads(text)
        elif kind == "py":
            compile(text, path, "exec", dont_inherit=True)
        kinds[kind] = kinds.get(kind, 0) + 1
    assert {"yaml", "yml", "json", "toml", "py", "md"} <= kinds.keys()


def test_every_text_ends_as_it_should() -> None:
    """With one newline, and no line with blanks."""
    for path, content in each_file():
        text = content.decode("utf-8")
        assert "\r" not in text, path
        assert not re.search(r"[ \t]+$", text, re.MULTILINE), path
        if text or path.rpartition("/")[2] not in _EMPTY_IN_GIT:
            assert text.endswith("\n"), path
            assert not text.endswith("\n\n"), path


def test_ruff_finds_nothing(trees: Path) -> None:
    """By the settings that each tree has itself."""
    ruff = tool("ruff")
    checked = run([ruff, "check", "--no-cache", "."], trees)
    assert checked.passed().output == "All checks passed!\n"
    formatted = run([ruff, "format", "--no-cache", "--check", "."], trees).passed().output
    (number,) = re.findall(r"^(\d+) files already formatted$", formatted, re.MULTILINE)
    assert int(number) > 30 * len(combinations())


def test_every_ignored_rule_has_a_reason() -> None:
    """Behind it, in words."""
    found = set()
    for path, content in each_file():
        for ignored in _IGNORED.finditer(content.decode("utf-8")):
            found.add(ignored[0])
            assert _REASON.match(ignored["rules"]), f"{path}: {ignored[0]}"
    assert any("S101" in comment for comment in found)


@pytest.mark.parametrize(
    ("comment", "reason"),
    [("# noqa: S101", False), ("# noqa", False), ("# noqa: S101  it is so", True), ("# noqa: A1, B2  why", True)],
)
def test_a_reason_is_known_when_it_is_seen(comment: str, reason: bool) -> None:  # noqa: FBT001  a row of a table
    ignored = _IGNORED.search(comment)
    assert ignored is not None
    assert bool(_REASON.match(ignored["rules"])) is reason


@pytest.mark.parametrize(
    ("there", "words"),
    [
        ("database_required", r"postgres|sqlalchemy|alembic|psycopg|migration"),
        ("cache_required", r"\bredis\b|valkey"),
        ("tekton", r"tekton"),
    ],
)
def test_what_was_not_asked_for_is_nowhere(there: str, words: str) -> None:
    """Neither in code nor in texts; what was asked for is in both."""
    for combination in combinations():
        files = {path: text.decode() for path, text in combination.files.items() if path != ".copier-answers.yml"}
        named = {path for path, text in files.items() if re.search(words, path + text, re.IGNORECASE)}
        assert bool(named) is combination.values[there], (combination.name, sorted(named))


def test_versions_of_python_agree() -> None:
    """In the package, its tools, its image, its CI and its development container."""
    for combination in combinations():
        minor = combination.values["python_version"]
        project = tomllib.loads(combination.files["pyproject.toml"].decode())
        assert project["project"]["requires-python"] == f">={minor}"
        assert project["tool"]["ruff"]["target-version"] == f"py{minor.replace('.', '')}"
        for path in ("Dockerfile", ".devcontainer/devcontainer.json"):
            assert f"python:{minor}-" in combination.files[path].decode(), (combination.name, path)
        pipelines = [path for path in combination.files if path.startswith((".github/workflows/", ".gitlab-ci"))]
        assert any(minor in combination.files[path].decode() for path in pipelines), combination.name


def test_what_is_alike_is_looked_at_once() -> None:
    """The other tests rely on it."""
    assert set(distinct("renovate.json", of=combinations())) == {combinations()[0].name}
