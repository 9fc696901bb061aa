"""A blueprint of manifests becomes a form that asks where its file of values goes, and opens a request there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.derive.request import request_template, values_template
from itdo_platform_gen.errors import DiagnosticsError

if TYPE_CHECKING:
    from pathlib import Path

    from itdo_platform_gen.blueprint.blueprint import Blueprint

BLUEPRINT = """\
apiVersion: blueprints.itdo-erp.com/v1
kind: Blueprint
metadata: {{name: note, title: Note, description: A note., version: 1.2.0, owner: platform}}
spec:
  type: note
  parameters:
    required: [owner]
    properties:
      owner: {{type: string}}
      name: {{type: string, default: first}}
      limits: {{type: object, properties: {{cpu: {{type: string}}}}}}
      labels: {{type: object, additionalProperties: {{type: string}}, default: {{}}}}
      ports: {{type: array, items: {{type: integer}}, default: []}}
  manifests:
    - {{template: manifests/note.yaml, path: note.yaml}}
  backstage: {backstage}
"""
NOTE = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: note}
data: {all: "${{ values | to_json }}"}
"""


def _note(folder: Path, backstage: str) -> Blueprint:
    root = folder / "note"
    (root / "manifests").mkdir(parents=True)
    (root / "manifests/note.yaml").write_text(NOTE)
    (root / "blueprint.yaml").write_text(BLUEPRINT.format(backstage=backstage))
    return load_blueprint(root)


def _spec(blueprint: Blueprint) -> dict[str, Any]:
    spec: dict[str, Any] = yaml.safe_load(request_template(blueprint))["spec"]
    return spec


def test_what_nobody_names_is_asked_for(tmp_path: Path) -> None:
    spec = _spec(_note(tmp_path, "{}"))
    page = spec["parameters"][-1]
    assert (page["required"], [*page["properties"]]) == (["repoUrl", "requestName"], ["repoUrl", "requestName"])
    fetch, request = spec["steps"]
    assert fetch["input"]["values"] == {"file": "${{ parameters.requestName }}", "given": "${{ parameters }}"}
    assert fetch["input"]["targetPath"] == "values"
    assert (request["action"], request.get("if")) == ("publish:github:pull-request", None)
    assert request["input"]["branchName"] == "note-${{ parameters.requestName }}"
    assert spec["output"]["links"] == [{"title": "Request", "url": "${{ steps.request.output.remoteUrl }}"}]


def test_a_file_is_called_as_a_parameter_says(tmp_path: Path) -> None:
    """By its default too, which the server does not fill in."""
    spec = _spec(_note(tmp_path, "{provider: gitlab, request: {folder: notes, name: name}}"))
    assert [*spec["parameters"][-1]["properties"]] == ["repoUrl"]
    fetch, request = spec["steps"]
    assert fetch["input"]["values"]["file"] == "${{ parameters.name | default('first') }}"
    assert (fetch["input"]["targetPath"], request["action"]) == ("notes", "publish:gitlab:merge-request")
    assert "ui:field" not in spec["parameters"][0]["properties"]["owner"]


def test_either_forge_is_asked_for(tmp_path: Path) -> None:
    spec = _spec(_note(tmp_path, "{provider: either}"))
    assert spec["parameters"][-1]["properties"]["requestForge"]["enum"] == ["github", "gitlab"]
    assert [step.get("if") for step in spec["steps"]] == [
        None,
        "${{ (parameters.requestForge | default('github')) == 'github' }}",
        "${{ (parameters.requestForge | default('github')) == 'gitlab' }}",
    ]


def test_either_is_for_manifests_alone(tmp_path: Path) -> None:
    (tmp_path / "note/content").mkdir(parents=True)
    (tmp_path / "note/content/a.jinja").write_text("${{ values.name }}")
    with pytest.raises(DiagnosticsError, match='there is no parameter "either"'):
        _note(tmp_path, "{provider: either}")


def test_a_file_is_called_by_a_parameter_that_there_is(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticsError, match='there is no parameter "nam"'):
        _note(tmp_path, "{request: {name: nam}}")


def test_each_value_is_written_in_lines(tmp_path: Path) -> None:
    """Keys that anybody may choose are quoted, those of the blueprint need not be."""
    text = values_template(_note(tmp_path, "{}"))
    assert text.startswith("# Asked for by a form of note 1.2.0; change it by a pull request.\n")
    assert "owner: ${{ values.given.owner | dump }}\n" in text
    assert "limits:\n{% for key, item in values.given.limits %}\n  ${{ key }}: ${{ item | dump }}\n" in text
    assert "labels:\n{% for key, item in values.given.labels %}\n  ${{ key | dump }}: ${{ item | dump }}\n" in text
    assert (
        "ports:\n{% for item in values.given.ports %}\n  - ${{ item | dump }}\n{% endfor %}\n{% else %}\nports: []\n"
        in text
    )


def test_what_the_form_asks_for_itself_is_no_parameter(tmp_path: Path) -> None:
    """It would stand in the form twice, and one answer would be lost."""
    root = tmp_path / "note"
    (root / "manifests").mkdir(parents=True)
    (root / "manifests/note.yaml").write_text(NOTE)
    more = "      requestName: {type: string, default: x}\n      ports:"
    text = BLUEPRINT.format(backstage="{}").replace("      ports:", more)
    (root / "blueprint.yaml").write_text(text)
    with pytest.raises(DiagnosticsError) as raised:
        load_blueprint(root)
    [told] = raised.value.diagnostics
    assert (told.code, told.line, told.column) == ("BLP005", 13, 7)
    assert told.message == 'the form of a portal asks for "requestName" itself'
