"""Rendering: which files there are, under which paths, and where their parts come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from greeter import BLUEPRINT, write
from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.blueprint.values import Given, given
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.render.render import render_files
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from pathlib import Path

    from itdo_platform_gen.blueprint.blueprint import Blueprint


def _blueprint(here: Path, manifests: str, **templates: str) -> Blueprint:
    """Load the greeter with other manifests."""
    text = f"{BLUEPRINT[: BLUEPRINT.index('  manifests:')]}  manifests:\n{manifests}"
    files = {f"manifests/{name}.yaml": template for name, template in templates.items()}
    write(here / "blueprints/greeter", {"blueprint.yaml": text, **files})
    return load_blueprint(here / "blueprints/greeter")


def _paths(blueprint: Blueprint, **values: object) -> list[str]:
    return list(render_files(blueprint, blueprint.values((Given({"name": "alice", **values}),))))


def _fails(blueprint: Blueprint, **values: object) -> list[str]:
    with pytest.raises(DiagnosticsError) as caught:
        _paths(blueprint, **values)
    return [f"{diagnostic.code} {diagnostic.message}" for diagnostic in caught.value.diagnostics]


def test_a_manifest_is_a_file_for_each_turn_of_its_loop_where_its_condition_holds(greeter: Blueprint) -> None:
    ports = [{"name": "web"}, {"name": "ssh", "port": 22}, {"name": "dns", "port": 53}]
    assert _paths(greeter, ports=ports) == ["configmap.yaml", "services/web.yaml", "services/dns.yaml"]
    assert _paths(greeter) == ["configmap.yaml"]


def test_a_condition_without_a_loop_decides_for_the_whole_file(here: Path) -> None:
    manifest = "    - {template: manifests/a.yaml, path: a.yaml, if: '${{ values.ports }}'}\n"
    blueprint = _blueprint(here, manifest, a="a: ${{ values.slug }}")
    assert _paths(blueprint) == []
    assert _paths(blueprint, ports=[{"name": "web"}]) == ["a.yaml"]


def test_a_document_left_empty_is_dropped_and_a_file_without_documents_too(here: Path) -> None:
    manifests = "    - {template: manifests/a.yaml, path: a.yaml}\n    - {template: manifests/b.yaml, path: b.yaml}\n"
    a = "# one\n${{ if values.ports }}:\n  a: 1\n---\n# two\nb: ${{ values.slug }}\n"
    b = "- ${{ for p in values.ports }}:\n    - ${{ p.name }}\n"
    blueprint = _blueprint(here, manifests, a=a, b=b)
    with_ports = render_files(blueprint, blueprint.values((Given({"name": "x", "ports": [{"name": "web"}]}),)))
    assert {path: file.text for path, file in with_ports.items()} == {
        "a.yaml": "# one\na: 1\n---\n# two\nb: x\n",
        "b.yaml": "  - web\n",
    }
    without = render_files(blueprint, blueprint.values((Given({"name": "x"}),)))
    assert {path: file.text for path, file in without.items()} == {"a.yaml": "# two\nb: x\n"}


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("../x", 'BLP006 path "../x" leaves its folder'),
        ("a/../x", 'BLP006 path "a/../x" leaves its folder'),
        ("/x", 'BLP006 path "/x" is absolute'),
        ("C:/x", 'BLP006 path "C:/x" is absolute'),
        ("a\\x", "BLP006 path 'a\\\\x' has a control character or a backslash"),
        ("a\nx", "BLP006 path 'a\\nx' has a control character or a backslash"),
        ("a//x", 'BLP006 path "a//x" has an empty part'),
        ("./x", 'BLP006 path "./x" has an empty part'),
        ("a/", 'BLP006 path "a/" has an empty part'),
        (".git/hooks/x", 'BLP006 path ".git/hooks/x" reaches into .git'),
        ("", "BLP006 the path is empty"),
        ("a" * 300, "BLP006 path of 300 characters is too long"),
    ],
)
def test_a_path_made_of_values_stays_in_its_folder(path: str, fault: str, here: Path) -> None:
    manifest = "    - {template: manifests/a.yaml, for: '${{ p in values.ports }}', path: '${{ p.name }}'}\n"
    blueprint = _blueprint(here, manifest, a="a: ${{ values.slug }}")
    assert _fails(blueprint, ports=[{"name": path}]) == [fault]


def test_a_path_is_text(here: Path) -> None:
    manifest = "    - {template: manifests/a.yaml, path: '${{ values.ports }}'}\n"
    blueprint = _blueprint(here, manifest, a="a: ${{ values.slug }}")
    assert _fails(blueprint) == ["BLP006 a path must be a string"]


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        (["a", "a"], 'BLP008 two documents claim the path "a"'),
        (["a", "a/b"], 'BLP008 path "a/b" is a file and a folder'),
        (["a/b/c", "a"], 'BLP008 path "a" is a file and a folder'),
    ],
)
def test_no_two_documents_claim_one_path(names: list[str], fault: str, here: Path) -> None:
    manifest = "    - {template: manifests/a.yaml, for: '${{ p in values.ports }}', path: '${{ p.name }}'}\n"
    blueprint = _blueprint(here, manifest, a="a: ${{ values.slug }}")
    assert _fails(blueprint, ports=[{"name": name} for name in names]) == [fault]


def test_every_part_knows_its_line_in_the_template_and_the_value_it_took_in(greeter: Blueprint) -> None:
    text = Text("alice.yaml", "name: alice\nports:\n  - name: web\n    port: 8080\n")
    values = greeter.values((given(compose(text)[0].node, []),))
    service = render_files(greeter, values).documents[1]
    port = service.diagnose("K8S001", "wrong", ("spec", "ports", 0, "port"))
    assert (port.line, port.column, str(port.related[0])) == (9, 13, "value from alice.yaml:4:11")
    assert port.path == "spec.ports[0].port"
    selector = service.diagnose("K8S001", "wrong", ("spec", "selector"), at_key=True)
    assert (selector.line, selector.column, selector.related) == (6, 3, ())
    name = service.diagnose("K8S001", "wrong", ("metadata", "name"))
    assert "value from alice.yaml:3:11" in map(str, name.related)


@pytest.mark.parametrize(
    ("template", "path", "content", "documents"),
    [
        ("|\n  # ${{ values.name }}\n  A=1\n", ".env.example", "# alice\nA=1\n", 0),
        ("|-\n  A=1\n\n  B=2", "env.txt", "A=1\n\nB=2\n", 0),
        ("${{ [values.name] | to_json }}", "a.json", '["alice"]\n', 0),
        ("${{ values.name }}", "name.yaml", "alice\n", 1),
        ("|\n  A=1\n", "a.yml", "|\n  A=1\n", 1),
        ("a: 1", "a.json", "a: 1\n", 1),
        ("a\n---\nb", "a.txt", "a\n---\nb\n", 2),
    ],
)
def test_a_document_that_is_a_text_is_a_file_of_text_under_any_name_but_of_yaml(
    template: str, path: str, content: str, documents: int, here: Path
) -> None:
    blueprint = _blueprint(here, f"    - {{template: manifests/a.yaml, path: {path}}}\n", a=template)
    file = render_files(blueprint, blueprint.values((Given({"name": "alice"}),)))[path]
    assert (file.text, len(file.documents)) == (content, documents)


def test_all_that_cannot_be_evaluated_is_told_at_once(here: Path) -> None:
    manifest = "    - {template: manifests/a.yaml, path: a.yaml}\n"
    template = "a: ${{ values.ports[0] }}\nb: x${{ values.ports }}\n${{ values.ports }}: c\n"
    blueprint = _blueprint(here, manifest, a=template)
    codes = [fault.partition(" ")[0] for fault in _fails(blueprint)]
    assert codes == ["EXPR003", "TPL005", "TPL006"]


def test_rendering_twice_gives_the_same_bytes(greeter: Blueprint) -> None:
    values = greeter.values((Given({"name": "alice", "ports": [{"name": "web"}]}),))
    first, second = render_files(greeter, values), render_files(greeter, values)
    assert {path: file.content for path, file in first.items()} == {path: file.content for path, file in second.items()}
