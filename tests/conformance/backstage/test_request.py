"""The form of a blueprint of manifests adds a file of values from which the same bytes follow as by import."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from conformance.backstage.scaffolder import scaffold
from conformance.repositories import ROOT, blueprint_in
from itdo_platform_gen.blueprint.values import given, taken
from itdo_platform_gen.platform.rendering import render_blueprint
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.testing import preview

if TYPE_CHECKING:
    from pathlib import Path

    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.render.bundle import Bundle

FOLDERS = sorted(folder.parent for folder in ROOT.glob("blueprints/*/manifests"))
URL = "github.com?owner=itdo&repo=platform"
each_blueprint = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def _answers(folder: Path) -> dict[str, dict[str, Any]]:
    """Give what the form would send, by case: what is filled in, and where the request goes."""
    cases = {case.stem: yaml.safe_load(case.read_text()) or {} for case in sorted(folder.glob("cases/*.yaml"))}
    place = {"repoUrl": URL} if _names(folder) else {"repoUrl": URL, "requestName": "asked"}
    return {name: {**case, **place} for name, case in cases.items()}


def _names(folder: Path) -> str | None:
    """Give the parameter that the file is named after, None where the form asks for a name."""
    name: str | None = blueprint_in(folder).backstage["request"].get("name")
    return name


def _values(form: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in form.items() if name not in {"repoUrl", "requestName", "requestForge"}}


def _rendered(folder: Path, result: dict[str, Any]) -> tuple[str, Bundle]:
    """Give the path of the one file that a request adds, and what follows from it."""
    [(path, (mode, content))] = result["tree"].items()
    assert mode == "644"
    problems: list[Diagnostic] = []
    source = given(compose(Text(path, b64decode(content).decode()))[0].node, problems)
    assert problems == []
    return path, render_blueprint(blueprint_in(folder), [source])


@each_blueprint
def test_the_values_asked_for_give_our_bytes(modules: Path, folder: Path) -> None:
    """For every case: what is not filled in stays a matter of the blueprint's defaults."""
    answers = _answers(folder)
    jobs = [{"kind": "dry", "folder": str(folder), "parameters": form} for form in answers.values()]
    for (case, form), result in zip(answers.items(), scaffold(modules, jobs), strict=True):
        assert "error" not in result, (case, result["error"])
        assert result["faults"] == [], case
        path, bundle = _rendered(folder, result)
        values = _values(form)
        request = blueprint_in(folder).backstage["request"]
        assert path == f"{request['folder']}/{_name(folder, values)}.yaml"
        assert preview(bundle) == preview(render_blueprint(blueprint_in(folder), values)), case


def _name(folder: Path, values: dict[str, Any]) -> str:
    """Give the name of the file."""
    name = _names(folder)
    return str(blueprint_in(folder).values((taken(values),)).data[name]) if name else "asked"


@each_blueprint
@pytest.mark.parametrize(
    ("forge", "action", "link"),
    [
        ({}, "request_github", URL),
        ({"requestForge": "github"}, "request_github", URL),
        ({"requestForge": "gitlab"}, "request_gitlab", "<example>"),
    ],
)
def test_a_request_is_opened_where_the_form_says(
    modules: Path, folder: Path, forge: dict[str, str], action: str, link: str
) -> None:
    """GitHub has a dry run and so an answer; the portal makes one up where an action has none, as for GitLab."""
    form = {**next(iter(_answers(folder).values())), **forge}
    [result] = scaffold(modules, [{"kind": "dry", "folder": str(folder), "parameters": form}])
    taken_up = {step["id"]: step for step in result["steps"] if step.get("if") is not False}
    assert [*taken_up] == ["fetch", action]
    asked = taken_up[action]["input"]
    assert asked["repoUrl"] == URL
    name = _name(folder, _values(form))
    assert asked["branchName"] == f"{folder.name}-{name}"
    assert result["output"]["links"][0].get("url") == link


@each_blueprint
def test_the_template_is_one(modules: Path, folder: Path) -> None:
    """The catalog takes the derived entity."""
    assert scaffold(modules, [{"kind": "check", "folder": str(folder)}]) == [{"valid": True}]
