"""`platform-gen show`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from greeter import Run

SHOW = ("show", "greeter", "--blueprints", "blueprints")


@pytest.mark.usefixtures("here")
def test_parameters_are_a_table(run: Run) -> None:
    assert run(*SHOW) == (
        0,
        (
            "greeter 1.0.0: Greeter, for Kubernetes 1.30..1.37\n"
            "\n"
            "A ConfigMap that greets, and a Service for each of the names given.\n"
            "\n"
            "PARAMETER     TYPE            DEFAULT     DESCRIPTION\n"
            "name          string          (required)\n"
            "ports         list of object  []\n"
            "ports[].name  string          (required)\n"
            "ports[].port  integer         80\n"
        ),
        "",
    )


@pytest.mark.usefixtures("here")
def test_json_has_parameters_and_their_schema(run: Run) -> None:
    code, out, err = run(*SHOW, "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == ["diagnostics", "summary", "blueprint"]
    blueprint = found["blueprint"]
    assert (blueprint["name"], blueprint["tags"], blueprint["owner"]) == ("greeter", ["example"], "platform-team")
    assert blueprint["parameters"][1] == {
        "name": "ports",
        "type": "list of object",
        "required": False,
        "default": [],
        "description": "",
    }
    assert blueprint["schema"]["type"] == "object"
