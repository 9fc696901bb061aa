"""Values by the names of an earlier version are taken with a warning; migrations that make no sense are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.blueprint.values import taken
from itdo_platform_gen.cli.main import main
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.rendering import render_blueprint

if TYPE_CHECKING:
    from pathlib import Path

    from itdo_platform_gen.blueprint.blueprint import Blueprint

BLUEPRINT = """\
apiVersion: blueprints.itdo-erp.com/v1
kind: Blueprint
metadata: {{name: note, title: Note, description: A note., version: 3.1.0, owner: platform}}
spec:
  type: note
  parameters:
    required: [title]
    properties:
      title: {{type: string}}
      words: {{type: array, items: {{type: string}}, default: []}}
  manifests:
    - {{template: manifests/note.yaml, path: note.yaml}}
  migrations: {migrations}
  backstage: {backstage}
"""
NOTE = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: note}
data:
  title: ${{ values.title }}
  words: ${{ values.words | join(' ') }}
"""
MIGRATIONS = (
    "[{version: 2.0.0, renamed: {name: heading}}, {version: 3.0.0, renamed: {heading: title}, removed: {x: why}}]"
)


def _note(folder: Path, migrations: str = MIGRATIONS, backstage: str = "{}") -> Blueprint:
    root = folder / "note"
    (root / "manifests").mkdir(parents=True, exist_ok=True)
    (root / "manifests/note.yaml").write_text(NOTE)
    (root / "blueprint.yaml").write_text(BLUEPRINT.format(migrations=migrations, backstage=backstage))
    return load_blueprint(root)


@pytest.mark.parametrize("name", ["title", "heading", "name"])
def test_a_name_of_any_version_is_taken(name: str, tmp_path: Path) -> None:
    bundle = render_blueprint(_note(tmp_path), {name: "Hello", "words": ["a"]})
    assert "  title: Hello\n" in bundle["note.yaml"].text
    told = [f"{d.code} {d.severity} {d.message}; {d.hint}" for d in bundle.diagnostics]
    steps = ['"name" is called "heading" since 2.0.0', '"heading" is called "title" since 3.0.0']
    hints = ['call it "heading"', 'call it "title"']
    first = {"title": 2, "heading": 1, "name": 0}[name]
    expected = [f"VAL005 warning {step}; {hint}" for step, hint in zip(steps[first:], hints[first:], strict=True)]
    assert sorted(told) == sorted(expected)


def test_a_parameter_that_is_gone_is_left_out(tmp_path: Path) -> None:
    values = _note(tmp_path).values((taken({"title": "Hello", "x": 1}),))
    assert values.data == {"title": "Hello", "words": []}
    assert [d.message for d in values.diagnostics] == ['"x" is gone since 3.0.0: why']


def test_both_names_are_one_too_many(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticsError, match='unknown value "heading"'):
        _note(tmp_path).values((taken({"title": "Hello", "heading": "Hi"}),))


def test_a_file_is_told_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The value that came by the old name has its place too."""
    monkeypatch.chdir(tmp_path)
    _note(tmp_path)
    (tmp_path / "a.yaml").write_text("words: []\nheading: Hello\n")
    assert main(["preview", "note", "--blueprints", ".", "--values", "a.yaml"]) == 0
    assert capsys.readouterr().err.startswith("a.yaml:2:1: warning[VAL005] values.heading\n")
    (tmp_path / "a.yaml").write_text("words: []\nheading: 3\n")
    assert main(["preview", "note", "--blueprints", ".", "--values", "a.yaml"]) == 1
    assert capsys.readouterr().err.startswith("a.yaml:2:10: error[VAL003] values.title\n")


def test_a_platform_shares_values_by_old_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _note(tmp_path / "blueprints")
    (tmp_path / "platform.yaml").write_text(
        "apiVersion: platform.itdo-erp.com/v1\nkind: Platform\nmetadata: {name: p}\n"
        "spec:\n  values: {heading: Hello}\n  blueprints: [blueprints]\n"
        "  renderings: [{blueprint: note, to: out}]\n"
    )
    assert main(["render"]) == 0
    assert "title: Hello" in (tmp_path / "out/note.yaml").read_text()
    told = capsys.readouterr().err
    assert ("VAL005" in told, "PLT008" in told) == (True, False)


@pytest.mark.parametrize(
    ("migrations", "place", "said"),
    [
        ("[{version: 2.0.0, renamed: {name: heading}}]", "13:49", 'there is no parameter "heading"'),
        ("[{version: 2.0.0, renamed: {words: title}}]", "13:43", '"words" is renamed and still a parameter'),
        ("[{version: 2.0.0, removed: {words: gone}}]", "13:43", '"words" is removed and still a parameter'),
        ("[{version: 2.0.0, renamed: {'a b': title}}]", "13:43", '"a b" never was the name of a parameter'),
        ("[{version: 4.0.0}]", "13:26", "migrations go up to 3.1.0, which is the blueprint's, got 4.0.0"),
        ("[{version: 3.0.0}, {version: 2.10.0}]", "13:44", "migrations go up to 3.1.0"),
        ("[{version: 2.9.0}, {version: 2.10.0}, {version: 2.10.0}]", "13:63", "migrations go up to 3.1.0"),
    ],
)
def test_migrations_that_make_no_sense(migrations: str, place: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(DiagnosticsError) as raised:
        _note(tmp_path, migrations)
    [told] = raised.value.diagnostics
    assert (told.code, f"{told.line}:{told.column}") == ("BLP013", place)
    assert said in told.message


@pytest.mark.parametrize(
    ("backstage", "said", "hint"),
    [
        ("{provider: gitlap}", 'there is no parameter "gitlap"', "did you mean gitlab?"),
        ("{repository: {name: titel}}", 'there is no parameter "titel"', "did you mean title?"),
    ],
)
def test_a_template_names_parameters_that_there_are(backstage: str, said: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(DiagnosticsError) as raised:
        _note(tmp_path, "[]", backstage)
    [told] = raised.value.diagnostics
    assert (told.code, told.message, told.hint, told.line) == ("BLP013", said, hint, 14)
