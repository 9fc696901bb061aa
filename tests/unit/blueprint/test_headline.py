"""The headline of a blueprint is read without its rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from greeter import BLUEPRINT, ROOT, write
from itdo_platform_gen.blueprint.headline import headline
from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.errors import DiagnosticsError

if TYPE_CHECKING:
    from pathlib import Path

    from itdo_platform_gen.blueprint.blueprint import Blueprint


@pytest.mark.parametrize("folder", sorted((ROOT / "blueprints").iterdir()), ids=lambda folder: folder.name)
def test_shipped_headlines_are_those_of_the_loaded_blueprint(folder: Path) -> None:
    blueprint = load_blueprint(folder)
    found = headline(folder)
    assert (found.name, found.version, found.title) == (blueprint.name, blueprint.version, blueprint.title)


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        ("Greeter", '"Greeter"', "Greeter"),
        ("Greeter", "'It''s a greeter'", "It's a greeter"),
        ("Greeter", "Greeter # that greets", "Greeter"),
        ("Greeter", ">-\n    A\n    greeter", "A greeter"),
        ("Greeter", "挨拶", "挨拶"),
        ("Greeter", '"\\x47reeter"', "Greeter"),
        ("metadata:\n", "metadata:\n  labels:\n    title: Other\n", "Greeter"),
        ("metadata:\n", "metadata: &m\n", "Greeter"),
        ("apiVersion:", "# spec:\napiVersion:", "Greeter"),
    ],
)
def test_any_way_to_write_it_reads_the_same(old: str, new: str, title: str, here: Path, greeter: Blueprint) -> None:
    text = BLUEPRINT.replace(old, new, 1)
    assert text != BLUEPRINT
    write(greeter.folder, {"blueprint.yaml": text})
    assert headline(here / "blueprints/greeter").title == title
    assert headline(here / "blueprints/greeter").version == "1.0.0"


@pytest.mark.parametrize("text", ["", "- 1\n", "a: b\n", "metadata: []\n", "metadata: {title: null}\n"])
def test_what_cannot_be_read_from_it_is_empty(text: str, here: Path) -> None:
    write(here / "blueprints/greeter", {"blueprint.yaml": text})
    found = headline(here / "blueprints/greeter")
    assert (found.name, found.version, found.title) == ("greeter", "", "")


def test_a_file_that_is_no_yaml_is_told(here: Path) -> None:
    write(here / "blueprints/greeter", {"blueprint.yaml": "a: b: c\n"})
    with pytest.raises(DiagnosticsError, match="YAML001"):
        headline(here / "blueprints/greeter")
