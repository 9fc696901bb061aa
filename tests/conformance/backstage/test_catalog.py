"""Every catalog that our blueprint makes is taken by Backstage's, and each relation in it leads to an entity of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from conformance.backstage.scaffolder import ask_catalog
from conformance.sources import ROOT
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.testing import cases, render_case

if TYPE_CHECKING:
    from pathlib import Path

BLUEPRINT = ROOT / "blueprints/backstage-catalog"
EXAMPLE = ROOT / "examples/itdo-erp/rendered/teams"
ALL = "catalog-info.yaml"
_DEFINITION = "openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths: {}\n"


def _catalogs() -> dict[str, dict[str, str]]:
    """Give the files of every catalog by path, by name."""
    found = {
        case: {path: file.text for path, file in render_case(BLUEPRINT, case).items()} for case in cases(BLUEPRINT)
    }
    files = {path.relative_to(EXAMPLE).as_posix(): path.read_text("utf-8") for path in sorted(EXAMPLE.rglob("*.yaml"))}
    return {**found, "example": files}


def _parsed(files: dict[str, str]) -> list[Any]:
    return [to_data(document.node, []) for path, text in files.items() for document in compose(Text(path, text))]


def _around(files: dict[str, str]) -> dict[str, str]:
    """Give what definitions lie beside a catalog, or are answered elsewhere, in place of what a portal would read."""
    texts = [data["spec"].get("definition") for data in _parsed(files) if data["kind"] == "API"]
    asked = [text["$text"] for text in texts if isinstance(text, dict)]
    return {address.removeprefix("../"): _DEFINITION for address in asked}


def _entities(files: dict[str, str]) -> dict[str, str]:
    """Give the entities alone, as one file: what a Location leads to is another job."""
    return {path: text for path, text in files.items() if "\nkind: Location\n" not in text}


@pytest.fixture(scope="module")
def answers(modules: Path) -> dict[str, dict[str, Any]]:
    jobs = {}
    for name, files in _catalogs().items():
        # As one file at the root of the repository, where what lies beside the catalog is no folder up.
        text = "---\n".join(_entities(files).values()).replace('"../', '"./')
        jobs[f"{name} entities"] = {"kind": "entity", "text": text, "files": _around(files)}
        # What lies in other repositories is theirs.
        location = "".join(line for line in files[ALL].splitlines(keepends=True) if "- https://" not in line)
        jobs[f"{name} location"] = {"kind": "entity", "text": location, "files": files}
    return dict(zip(jobs, ask_catalog(modules, list(jobs.values())), strict=True))


def test_every_entity_and_location_is_taken(answers: dict[str, dict[str, Any]]) -> None:
    assert {name: answer["told"] for name, answer in answers.items() if not answer["accepted"]} == {}
    assert len(answers) == 2 * len(cases(BLUEPRINT)) + 2


def test_every_relation_leads_to_an_entity(answers: dict[str, dict[str, Any]]) -> None:
    for name, files in _catalogs().items():
        there = {f"{data['kind']}:default/{data['metadata']['name']}".lower() for data in _parsed(files)}
        relations = answers[f"{name} entities"]["relations"]
        assert [relation for relation in relations if not {relation[0], relation[2]} <= there] == [], name
        assert relations, name


def test_a_definition_out_of_another_repository_is_refused(modules: Path) -> None:
    """That is why the blueprint takes none."""
    api = _catalogs()["example"]["apis/orders.yaml"]
    address = "https://github.com/itdo/orders-api/blob/main/openapi.yaml"
    text = f"{api[: api.index('  definition:')]}  definition:\n    $text: {address}\n"
    (answer,) = ask_catalog(modules, [{"kind": "entity", "text": text, "files": {address: _DEFINITION}}])
    assert not answer["accepted"]
    assert "the same repository" in str(answer["told"])
