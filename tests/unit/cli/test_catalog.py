"""`platform-gen catalog`, and the entities that `render` writes where a platform file says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run

BLUEPRINT = """\
apiVersion: blueprints.itdo-erp.com/v1
kind: Blueprint
metadata: {name: note, title: Note, description: A note., version: 1.0.0, owner: platform}
spec:
  type: note
  parameters:
    required: [name]
    properties:
      name: {type: string}
      parts: {type: array, items: {type: string}, default: []}
      listed: {type: boolean, default: true}
  manifests:
    - {template: manifests/note.yaml, path: note.yaml}
  entities:
    - {template: entities/note.yaml, if: "${{ values.listed }}"}
    - {template: entities/part.yaml, for: "${{ part in values.parts }}"}
"""
NOTE = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: '${{ values.name }}'}\n"
ENTITY = """\
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: "${{ %s }}"}
spec: {type: note, owner: 'group:default/platform'%s}
"""
PLATFORM = """\
apiVersion: platform.itdo-erp.com/v1
kind: Platform
metadata: {name: demo}
spec:
  blueprints: [blueprints]
  renderings:
    - {blueprint: note, to: deploy/a, values: {name: a, parts: [x, y]}}
    - {blueprint: note, to: deploy/b, values: {name: b, listed: false}}
    - {blueprint: note, to: ., values: {name: c}}
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "blueprints/note"
    for folder in ("manifests", "entities"):
        (root / folder).mkdir(parents=True)
    (root / "blueprint.yaml").write_text(BLUEPRINT)
    (root / "manifests/note.yaml").write_text(NOTE)
    (root / "entities/note.yaml").write_text(ENTITY % ("values.name", ""))
    (root / "entities/part.yaml").write_text(
        ENTITY % ("values.name ~ '-' ~ part", ", dependsOn: ['resource:${{ values.name }}']")
    )
    (tmp_path / "platform.yaml").write_text(PLATFORM)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _named(text: str) -> list[str]:
    documents: list[dict[str, Any]] = list(yaml.safe_load_all(text))
    return [document["metadata"]["name"] for document in documents]


@pytest.mark.usefixtures("place")
def test_every_rendering_has_its_entities(run: Run) -> None:
    code, out, _ = run("catalog")
    assert code == 0
    assert _named(out) == ["a", "a-x", "a-y", "c"]
    assert [line for line in out.splitlines() if line.startswith("#")] == [
        "# catalog/deploy/a.yaml",
        "# catalog/demo.yaml",
    ]
    said = json.loads(run("catalog", "--format", "json").out)
    assert [file["path"] for file in said["files"]] == ["catalog/deploy/a.yaml", "catalog/demo.yaml"]
    assert _named(said["files"][0]["content"]) == ["a", "a-x", "a-y"]


def test_they_are_written_where_the_platform_says(place: Path, run: Run) -> None:
    """And kept as every other file is: a part that is gone is gone from the catalog."""
    assert run("render").code == 0
    assert not (place / "catalog").exists()
    text = PLATFORM.replace("spec:\n", "spec:\n  entities: ./entities/\n")
    (place / "platform.yaml").write_text(text)
    assert run("render").code == 0
    assert _named((place / "entities/deploy/a.yaml").read_text()) == ["a", "a-x", "a-y"]
    lock = json.loads((place / "platform.lock").read_text())
    assert lock["files"]["entities/deploy/a.yaml"]["rendering"] == "deploy/a"
    assert lock["files"]["entities/demo.yaml"]["rendering"] == "."
    (place / "platform.yaml").write_text(text.replace("[x, y]", "[y]"))
    assert run("check").code == 1
    assert run("render").code == 0
    assert _named((place / "entities/deploy/a.yaml").read_text()) == ["a", "a-y"]


def test_they_stay_within_the_platform_and_out_of_others_way(place: Path, run: Run) -> None:
    (place / "platform.yaml").write_text(PLATFORM.replace("spec:\n", "spec:\n  entities: ../catalog\n"))
    code, _, err = run("render")
    assert (code, "platform.yaml:5:13: error[PLT004]" in err) == (1, True)
    clash = PLATFORM.replace("spec:\n", "spec:\n  entities: deploy\n").replace("to: .,", "to: deploy/demo.yaml,")
    (place / "platform.yaml").write_text(clash.replace("to: deploy/a", "to: ."))
    code, _, err = run("render")
    assert (code, "error[PLT003]" in err) == (1, True)


def test_what_is_wrong_with_an_entity_is_told_at_its_template(place: Path, run: Run) -> None:
    part = place / "blueprints/note/entities/part.yaml"
    part.write_text(part.read_text().replace("~ part", "~ part.name"))
    code, _, err = run("catalog")
    assert code == 1
    assert "blueprints/note/entities/part.yaml:3:" in err
    part.write_text("kind: ${{ nothing }}\n")
    assert "blueprints/note/entities/part.yaml:1:7: error[EXPR002]" in run("catalog").err


def test_what_they_refer_to_is_there(place: Path, run: Run) -> None:
    """In other renderings too; a fault is told once, whether it is among the files or not."""
    part = place / "blueprints/note/entities/part.yaml"
    part.write_text(part.read_text().replace("resource:${{ values.name }}", "resource:c"))
    assert run("catalog").code == 0
    part.write_text(part.read_text().replace("resource:c", "resource:elsewhere/c"))
    one = PLATFORM.replace("[x, y]", "[x]")
    for text in (one, one.replace("spec:\n", "spec:\n  entities: catalog\n")):
        (place / "platform.yaml").write_text(text)
        code, _, err = run("catalog")
        assert (code, err.count("error[")) == (1, 1), err
        assert "blueprints/note/entities/part.yaml:4:" in err
        assert "did you mean Resource:default/c?" in err
