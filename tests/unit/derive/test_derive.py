"""What follows from a blueprint is committed beside it, says what it has to, and refuses what no door could take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.cli.main import main
from itdo_platform_gen.derive.inline import inlined
from itdo_platform_gen.errors import DiagnosticsError

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "tests/conformance/backstage/blueprints/sample"

BLUEPRINT = """\
apiVersion: blueprints.itdo-erp.com/v1
kind: Blueprint
metadata: {{name: service, title: Service, description: A repository., version: 1.0.0, owner: platform}}
spec:
  type: service
  parameters:
    required: [name]
    properties:
      name: {{type: string}}
      {parameter}
  values:
    derived: {derived}
"""


def test_committed_files_are_derived_from_the_blueprints() -> None:
    """Otherwise: `platform-gen derive blueprints --together copier.yml`, the sample too, and commit it."""
    assert main(["derive", str(ROOT / "blueprints"), "--together", str(ROOT / "copier.yml"), "--check"]) == 0
    assert main(["derive", str(SAMPLE), "--check"]) == 0


def test_check_tells_what_differs_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _service(tmp_path)
    assert main(["derive", str(folder), "--check"]) == 1
    assert "template.yaml" in capsys.readouterr().out
    assert not (folder / "template.yaml").exists()
    assert main(["derive", str(folder)]) == 0
    assert main(["derive", str(tmp_path), "--check"]) == 0


def test_a_template_publishes_where_a_parameter_says() -> None:
    spec = _yaml(SAMPLE / "template.yaml")["spec"]
    assert [step["action"] for step in spec["steps"]] == [
        "fetch:template",
        "publish:github",
        "publish:gitlab",
        "catalog:register",
    ]
    picker = spec["parameters"][-1]["properties"]["repoUrl"]
    assert (picker["ui:field"], picker["ui:options"]["allowedHosts"]) == ("RepoUrlPicker", ["github.com", "gitlab.com"])
    asked = {name for page in spec["parameters"] for name in page["properties"]}
    assert not asked & {"repo_name", "repo_owner", "repo_host"}
    assert spec["parameters"][0]["properties"]["owner"]["ui:field"] == "OwnerPicker"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("values.name | upper", "parameters.name | upper"),
        ("values['name'] ~ values.port", "parameters.name ~ (parameters.port | default(80))"),
        ("'values.name'", "'values.name'"),
        ("-values.port", "-(parameters.port | default(80))"),
        ("x.values.name", "x.values.name"),
    ],
)
def test_values_are_put_into_their_places(source: str, expected: str) -> None:
    known = {"name": "parameters.name", "port": "parameters.port | default(80)"}
    assert inlined(source, known) == expected


@pytest.mark.parametrize(
    ("parameter", "derived", "said"),
    [
        ("items: {type: string, default: ''}", "x", "keep for themselves"),
        ("range: {type: string, default: ''}", "x", "keep for themselves"),
        ("more: {type: string}", "x", "may be missing"),
        ("more: {default: ''}", "x", "has not one type"),
        ("more: {type: object, default: {}, properties: {a: {type: string, default: b}}}", "x", "defaults inside"),
        ("more: {type: object, default: {}, properties: {a: {type: string}}}", "x", "keys that may be missing"),
        ("more: {type: string, default: ''}", "${{ values.name | slug }}", "the filter slug"),
        ("more: {type: boolean, default: true}", "a-${{ values.more }}", "prints True"),
        ("more: {type: string, default: ''}", "{'${{ if values.more }}': {a: 1}}", "control keys"),
    ],
)
def test_what_no_door_could_take_is_refused(parameter: str, derived: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(DiagnosticsError) as raised:
        load_blueprint(_service(tmp_path, parameter, derived))
    assert [d.code for d in raised.value.diagnostics if said in d.message] == ["CNT005"]


def test_what_differs_for_some_values_alone_is_told_and_taken(tmp_path: Path) -> None:
    folder = _service(tmp_path)
    (folder / "content/a.jinja").write_text("${{ values.name | length }}${{ values.more }}${{ values.derived }}")
    [told] = load_blueprint(folder).diagnostics
    assert (told.code, told.severity) == ("CNT006", "warning")


def _service(folder: Path, parameter: str = "more: {type: string, default: ''}", derived: str = "x") -> Path:
    root = folder / "service"
    (root / "content").mkdir(parents=True)
    (root / "blueprint.yaml").write_text(BLUEPRINT.format(parameter=parameter, derived=derived))
    (root / "content/a.jinja").write_text("${{ values.name }}")
    return root


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
