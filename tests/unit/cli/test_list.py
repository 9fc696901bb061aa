"""`platform-gen list`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from greeter import write
from itdo_platform_gen.blueprint.catalog import Catalog

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run

LIST = ("list", "--blueprints", "blueprints")


@pytest.mark.usefixtures("here")
def test_each_blueprint_is_a_line(run: Run) -> None:
    code, out, err = run(*LIST)
    assert (code, err) == (0, "")
    [greeter] = [line for line in out.splitlines() if line.startswith("greeter ")]
    assert greeter.split() == ["greeter", "1.0.0", "Greeter"]
    assert [line.split()[0] for line in out.splitlines()] == sorted(["greeter", *Catalog.of().all()])


@pytest.mark.usefixtures("here")
def test_json_has_the_folder_too(run: Run) -> None:
    code, out, err = run(*LIST, "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["diagnostics"] == []
    assert found["summary"] == {"errors": 0, "warnings": 0, "notices": 0}
    [greeter] = [entry for entry in found["blueprints"] if entry["name"] == "greeter"]
    assert greeter == {
        "name": "greeter",
        "version": "1.0.0",
        "title": "Greeter",
        "folder": "blueprints/greeter",
    }


def test_a_blueprint_that_cannot_be_read_does_not_hide_the_others(here: Path, run: Run) -> None:
    write(here, {"blueprints/broken/blueprint.yaml": "a: b: c\n"})
    code, out, err = run(*LIST)
    assert code == 1
    assert "\ngreeter " in f"\n{out}"
    assert err.startswith("blueprints/broken/blueprint.yaml:1:5: error[YAML001]")
    code, out, _ = run(*LIST, "--format", "json")
    assert code == 1
    assert [entry["code"] for entry in json.loads(out)["diagnostics"]] == ["YAML001"]
