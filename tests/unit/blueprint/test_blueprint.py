"""A blueprint's folder becomes a blueprint. What is wrong with one is in `tests/cases/errors/blueprint-*`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from greeter import BLUEPRINT, write
from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.blueprint.values import Given
from itdo_platform_gen.errors import DiagnosticsError

if TYPE_CHECKING:
    from itdo_platform_gen.blueprint.blueprint import Blueprint


def _codes(folder: Path) -> list[str]:
    with pytest.raises(DiagnosticsError) as caught:
        load_blueprint(folder)
    return [diagnostic.code for diagnostic in caught.value.diagnostics]


def test_the_documented_blueprint_is_one(greeter: Blueprint) -> None:
    assert (greeter.name, greeter.version, greeter.title) == ("greeter", "1.0.0", "Greeter")
    assert (greeter.owner, greeter.tags, greeter.type) == ("platform-team", ("example",), "environment")
    assert greeter.kubernetes == "1.30..1.37"
    assert [name for name, _ in greeter.derived] == ["slug"]
    assert len(greeter.manifests) == 2
    assert greeter.diagnostics == ()


def test_values_have_defaults_and_derived_ones(greeter: Blueprint) -> None:
    values = greeter.values((Given({"name": "alice", "ports": [{"name": "web"}]}),))
    assert values.data == {"name": "alice", "ports": [{"name": "web", "port": 80}], "slug": "alice"}


def test_values_that_do_not_fit_are_all_told(greeter: Blueprint) -> None:
    with pytest.raises(DiagnosticsError) as caught:
        greeter.values((Given({"ports": [{"port": "x"}], "x": 1}),))
    assert sorted(diagnostic.code for diagnostic in caught.value.diagnostics) == [
        "VAL001",
        "VAL002",
        "VAL002",
        "VAL003",
    ]


def test_a_folder_may_be_the_working_folder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here / "blueprints/greeter")
    assert load_blueprint(Path()).name == "greeter"


@pytest.mark.parametrize("path", ["blueprint.yaml", "manifests/configmap.yaml"])
def test_the_digest_is_of_everything_that_renders(path: str, here: Path, greeter: Blueprint) -> None:
    folder = here / "blueprints/greeter"
    (folder / "notes.md").write_text("nothing to render")
    assert load_blueprint(folder).digest == greeter.digest
    (folder / path).write_text((folder / path).read_text() + "# more\n")
    assert load_blueprint(folder).digest != greeter.digest


def test_a_link_inside_the_blueprint_is_fine_one_that_leaves_it_is_not(here: Path) -> None:
    folder = here / "blueprints/greeter"
    template = folder / "manifests/configmap.yaml"
    template.rename(folder / "manifests/real.yaml")
    template.symlink_to("real.yaml")
    assert load_blueprint(folder).name == "greeter"
    template.unlink()
    (here / "outside.yaml").write_text("a: ${{ values.slug }}")
    template.symlink_to(here / "outside.yaml")
    assert _codes(folder) == ["BLP006"]


@pytest.mark.parametrize("target", ["configmap.yaml", "nowhere.yaml"])
def test_a_link_that_leads_nowhere_is_no_template(target: str, here: Path) -> None:
    template = here / "blueprints/greeter/manifests/configmap.yaml"
    template.unlink()
    template.symlink_to(target)
    assert _codes(here / "blueprints/greeter") == ["BLP002"]


def test_bytes_that_are_not_utf_8_are_shown_where_they_are(here: Path) -> None:
    file = here / "blueprints/greeter/manifests/configmap.yaml"
    file.write_bytes(b"a: 1\nb: \xe9t\xe9\n")
    with pytest.raises(DiagnosticsError) as caught:
        load_blueprint(Path("blueprints/greeter"))
    first = str(caught.value).splitlines()[0]
    assert first == "blueprints/greeter/manifests/configmap.yaml:2:4: error[FILE005] not UTF-8: byte 0xE9"


def test_a_template_may_hold_several_documents_or_none(here: Path) -> None:
    write(
        here / "blueprints/greeter/manifests",
        {
            "configmap.yaml": "# nothing\n",
            "service.yaml": "# one\na: ${{ values.slug }}\n---\n# two\nb: ${{ p.name }}\n",
        },
    )
    first, second = load_blueprint(here / "blueprints/greeter").manifests
    assert first.documents == ()
    assert [document.comment for document in second.documents] == ["# one\n", "# two\n"]


def test_a_blueprint_without_parameters_needs_none(here: Path) -> None:
    text = BLUEPRINT[: BLUEPRINT.index("  parameters:")]
    text += "  parameters: {}\n  manifests: [{template: manifests/a.yaml, path: a.yaml}]\n"
    write(here / "blueprints/greeter", {"blueprint.yaml": text, "manifests/a.yaml": "a: b\n"})
    assert load_blueprint(here / "blueprints/greeter").values(()).data == {}


def test_a_copied_folder_is_a_blueprint_of_its_own_name(here: Path) -> None:
    """Nothing else has to be changed, though a notice asks for it."""
    copy = here / "blueprints/host"
    (here / "blueprints/greeter").rename(copy)
    blueprint = load_blueprint(copy)
    assert blueprint.name == "host"
    assert [(d.code, d.severity) for d in blueprint.diagnostics] == [("BLP004", "notice")]


def test_a_folder_name_that_no_blueprint_can_have(here: Path) -> None:
    """The folder's name counts, so that it has to be one."""
    copy = here / "blueprints/My Host"
    (here / "blueprints/greeter").rename(copy)
    assert "BLP011" in _codes(copy)
