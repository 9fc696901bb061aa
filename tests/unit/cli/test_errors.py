"""Bad input as data: every file of `tests/cases/errors` is a working folder, a command, and what it says, exactly."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from greeter import FILES, ROOT, tree, write
from itdo_platform_gen.blueprint.catalog import Catalog

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run

CASES = ROOT / "tests/cases/errors"


@pytest.mark.parametrize("name", sorted(file.stem for file in CASES.glob("*.yaml")))
def test_a_case_is_said_word_for_word(name: str, here: Path, run: Run) -> None:
    # The blueprints that are shipped are not to be listed here too.
    written = (
        (CASES / f"{name}.yaml").read_text().replace("BLUEPRINTS", ", ".join(sorted(["greeter", *Catalog.of().all()])))
    )
    case: dict[str, Any] = yaml.safe_load(written)
    write(here, case.get("files", {}))
    for path, edits in case.get("edits", {}).items():
        text = FILES[path]
        for old, new in edits.items():
            assert text.count(old) == 1, f"{old!r} is not once in {path}"
            text = text.replace(old, new)
        write(here, {path: text})
    before = tree(here)
    result = run(*shlex.split(case["command"]))
    said = {"exit": result.code, "out": result.out, "err": result.err}
    expected = {key: case[key] for key in said if key in case}
    assert {key: said[key] for key in expected} == expected
    assert set(case) <= {"about", "command", "edits", "files", *expected}
    assert expected.keys() & {"out", "err"}
    assert tree(here) == before
