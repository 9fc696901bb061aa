"""Content is rendered with its modes and links, and what is wrong in a tree is told of at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.blueprint.values import taken
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.render.render import render_files

if TYPE_CHECKING:
    from pathlib import Path

    from itdo_platform_gen.render.bundle import Bundle

BLUEPRINT = """\
apiVersion: blueprints.itdo-erp.com/v1
kind: Blueprint
metadata: {name: service, title: Service, description: A repository., version: 1.0.0, owner: platform}
spec:
  type: service
  parameters:
    required: [name]
    properties:
      name: {type: string}
      database: {type: boolean, default: false}
      owners: {type: array, default: [], items: {type: string}}
"""


def _blueprint(folder: Path, **files: str) -> Path:
    root = folder / "service"
    (root / "content").mkdir(parents=True)
    (root / "blueprint.yaml").write_text(BLUEPRINT)
    defaults = {"used.jinja": "${{ values.name }}${{ 'd' if values.database else '' }}${{ values.owners | join }}"}
    for path, text in {**defaults, **files}.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return root


def _rendered(root: Path, **values: object) -> Bundle:
    blueprint = load_blueprint(root)
    return render_files(blueprint, blueprint.values((taken({"name": "orders", **values}),)))


def _faults(root: Path, **values: object) -> list[str]:
    with pytest.raises(DiagnosticsError) as raised:
        _rendered(root, **values)
    return [f"{d.code} {d.line} {d.message}" for d in raised.value.diagnostics]


def test_templates_lose_their_suffix_and_other_files_stay_as_they_are(tmp_path: Path) -> None:
    root = _blueprint(tmp_path, **{"README.md.jinja": "# ${{ values.name }}\n\n", "plain.txt": "${{ values.name }}"})
    bundle = _rendered(root)
    assert bundle["README.md"].text == "# orders\n\n"
    assert bundle["plain.txt"].text == "${{ values.name }}"
    assert list(bundle) == ["README.md", "plain.txt", "used"]


def test_blocks_leave_no_lines_behind(tmp_path: Path) -> None:
    text = (
        "a\n  {% if values.database %}\n  b\n  {% endif %}\nc\n{% for o in values.owners %}\n- ${{ o }}\n{% endfor %}\n"
    )
    root = _blueprint(tmp_path, **{"x.jinja": text})
    assert _rendered(root, database=True, owners=["p", "q"])["x"].text == "a\n  b\nc\n- p\n- q\n"


def test_names_have_holes_and_an_empty_one_leaves_out_what_it_names(tmp_path: Path) -> None:
    folder = "${{ 'migrations' if values.database else '' }}"
    root = _blueprint(
        tmp_path, **{"src/${{ values.name }}.py": "x", f"{folder}/deep/env.py.jinja": "${{ values.name }}"}
    )
    assert set(_rendered(root)) == {"src/orders.py", "used"}
    assert _rendered(root, database=True)["migrations/deep/env.py"].text == "orders"


def test_modes_bytes_and_links_are_kept(tmp_path: Path) -> None:
    root = _blueprint(tmp_path, **{"run.sh": "#!/bin/sh\n", "empty": ""})
    (root / "content/run.sh").chmod(0o755)
    (root / "content/logo.png").write_bytes(b"\x89PNG\xff")
    (root / "content/latest").symlink_to("run.sh")
    bundle = _rendered(root)
    assert (bundle["run.sh"].mode, bundle["empty"].mode) == (0o755, 0o644)
    assert bundle["logo.png"].content == b"\x89PNG\xff"
    assert bundle["latest"].link == "run.sh"
    assert bundle["empty"].content == b""


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("x.jinja", "a\n{% if values.database %}", "CNT001 2 Unexpected end of template"),
        ("x.jinja", "a\n${{ values.database }}", "CNT002 2 values.database prints True here and true in Backstage"),
        ("x.jinja", "${{ values.nam }}", 'CNT002 1 no "nam" there'),
        ("x.jinja", "a\r\n", "CNT002 1 a line ends with CRLF"),
        ("${{ values.nam }}", "", 'CNT002 1 no "nam" there'),
        ("dir.jinja/x", "", 'CNT003 None a folder named "dir.jinja" is a template to Backstage'),
        (".git/config", "", 'CNT003 None path ".git" reaches into .git'),
    ],
)
def test_what_is_wrong_in_a_tree_is_told_before_any_value_exists(
    tmp_path: Path, path: str, text: str, fault: str
) -> None:
    assert any(found.startswith(fault) for found in _faults(_blueprint(tmp_path, **{path: text})))


def test_a_template_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    root = _blueprint(tmp_path)
    (root / "content/x.jinja").write_bytes(b"\xff")
    assert _faults(root) == ["FILE005 1 not UTF-8: byte 0xFF"]


@pytest.mark.parametrize("target", ["/etc/passwd", "../../secret", "deep/../../../x"])
def test_links_stay_in_the_tree(tmp_path: Path, target: str) -> None:
    root = _blueprint(tmp_path)
    (root / "content/link").symlink_to(target)
    assert _faults(root) == [f'CNT003 None the link to "{target}" leaves the tree']


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    root = _blueprint(tmp_path)
    (root / "content/nothing").mkdir()
    assert _faults(root) == ["CNT003 None an empty folder is left out by git"]


@pytest.mark.parametrize("name", ["..", "a/b/../../..", "", "."])
def test_no_value_leads_out_of_the_tree(tmp_path: Path, name: str) -> None:
    root = _blueprint(tmp_path, **{"${{ values.name }}/x": ""})
    if name in {"", "."}:
        name = name or ""
    blueprint = load_blueprint(root)
    values = blueprint.values((taken({"name": name}),))
    if name == "":
        assert list(render_files(blueprint, values)) == ["used"]
    else:
        with pytest.raises(DiagnosticsError) as raised:
            render_files(blueprint, values)
        assert [d.code for d in raised.value.diagnostics] == ["CNT003"]


def test_two_files_of_one_path_are_refused(tmp_path: Path) -> None:
    root = _blueprint(tmp_path, **{"${{ values.name }}": "1", "orders": "2"})
    assert _faults(root) == ['CNT003 None two files claim the path "orders"']


def test_a_value_that_an_expression_cannot_take_is_told_at_its_line(tmp_path: Path) -> None:
    root = _blueprint(tmp_path, **{"x.jinja": "a\n${{ values.owners[3] }}\n"})
    assert _faults(root) == ["CNT004 2 no item 3 in a list of 0"]


def test_nothing_of_python_is_reached(tmp_path: Path) -> None:
    root = _blueprint(tmp_path, **{"x.jinja": "${{ values.name.__class__ }}"})
    assert _faults(root) == ['CNT004 1 a string has no "__class__"']


def test_a_blueprint_with_nothing_to_render_is_refused(tmp_path: Path) -> None:
    root = _blueprint(tmp_path)
    (root / "content/used.jinja").unlink()
    (root / "content").rmdir()
    with pytest.raises(DiagnosticsError) as raised:
        load_blueprint(root)
    assert [d.code for d in raised.value.diagnostics] == ["BLP012"]
