"""Blueprints are found by name, in the order of their folders."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

import itdo_platform_gen
from greeter import BLUEPRINT, write
from itdo_platform_gen.blueprint.catalog import Catalog, find_blueprint
from itdo_platform_gen.errors import DiagnosticsError

if TYPE_CHECKING:
    from pathlib import Path


def test_shipped_blueprints_are_found_and_so_are_those_of_other_folders(here: Path) -> None:
    assert "namespace-bundle" in Catalog.of().all()
    assert Catalog.of([here / "blueprints"]).all()["greeter"] == here / "blueprints/greeter"
    assert find_blueprint("greeter", here / "blueprints").name == "greeter"


def test_the_first_folder_wins(here: Path) -> None:
    shutil.copytree(here / "blueprints", here / "others")
    write(here / "others/greeter", {"blueprint.yaml": BLUEPRINT.replace("version: 1.0.0", "version: 2.0.0")})
    assert Catalog((here / "others", here / "blueprints")).find("greeter").version == "2.0.0"
    assert Catalog((here / "blueprints", here / "others")).find("greeter").version == "1.0.0"
    assert Catalog((here / "others", here / "blueprints")).all()["greeter"] == here / "others/greeter"


def test_a_folder_without_blueprint_yaml_is_none(here: Path) -> None:
    (here / "blueprints/notes").mkdir()
    (here / "blueprints/readme.md").touch()
    assert list(Catalog((here / "blueprints", here / "nowhere")).all()) == ["greeter"]


@pytest.mark.parametrize("name", ["", ".", "..", "greter", "greeter/", "../blueprints/greeter", "a" * 300, "a\0b"])
def test_a_name_that_is_none_is_told(name: str, here: Path) -> None:
    with pytest.raises(DiagnosticsError) as caught:
        Catalog((here / "blueprints",)).find(name)
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["BLP009"]


def _install(site: Path, module: str) -> None:
    write(
        site,
        {
            "orders_blueprints.py": module,
            "orders_blueprints-1.0.dist-info/METADATA": "Name: orders-blueprints\nVersion: 1.0\n",
            "orders_blueprints-1.0.dist-info/entry_points.txt": (
                "[itdo_platform_gen.blueprints]\norders = orders_blueprints:FOLDER\n"
            ),
        },
    )


def test_installed_packages_offer_blueprints(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(here / "site", f"FOLDER = {str(here / 'blueprints')!r}\n")
    monkeypatch.syspath_prepend(str(here / "site"))
    assert Catalog.of().find("greeter").folder == here / "blueprints/greeter"


def test_a_package_that_cannot_be_loaded_is_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(here / "site", "raise RuntimeError('half installed')\n")
    monkeypatch.syspath_prepend(str(here / "site"))
    monkeypatch.delitem(sys.modules, "orders_blueprints", raising=False)
    with pytest.raises(DiagnosticsError) as caught:
        itdo_platform_gen.find_blueprint("namespace-bundle")
    assert str(caught.value) == (
        "orders-blueprints: error[BLP010] cannot load its entry point orders_blueprints:FOLDER: "
        "RuntimeError: half installed\n  hint: repair the package, or remove it"
    )
