"""Values on the command line."""

from __future__ import annotations

import io
import json
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

import pytest

from itdo_platform_gen.blueprint.scope import Shape
from itdo_platform_gen.blueprint.values import merged
from itdo_platform_gen.cli.given import sources

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run


_SHAPE = {"text": Shape(type="string"), "outer": Shape({"text": Shape(type="string")}, type="object")}


def _given(*assignments: str, files: tuple[str, ...] = ()) -> dict[str, Any]:
    return merged(sources(Namespace(values=list(files), set=list(assignments)), _SHAPE))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("alice", "alice"),
        ("", ""),
        ("a=b", "a=b"),
        ("3", 3),
        ("1.5", 1.5),
        ("true", True),
        ("null", None),
        ("yes", "yes"),
        ('"3"', "3"),
        ("1.10.0", "1.10.0"),
        ('[{"name": "web"}]', [{"name": "web"}]),
        ("[web", "[web"),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
        ("1e999", "1e999"),
        ('"\\ud800"', '"\\ud800"'),
        ("[" * 50 + "]" * 50, json.loads("[" * 50 + "]" * 50)),
        ("[" * 500 + "]" * 500, "[" * 500 + "]" * 500),
        ("[" * 99_999, "[" * 99_999),
        ("9" * 5000, "9" * 5000),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_value_is_json_or_else_text(written: str, value: object) -> None:
    """What JSON has no number for, UTF-8 no bytes, or nests deeper than YAML may, is text too."""
    assert _given(f"name={written}") == {"name": value}


@pytest.mark.parametrize("written", ["3.10", "007", "true", "null", "[1]", "1e3"])
def test_for_a_parameter_of_text_it_is_text_as_it_stands(written: str) -> None:
    """A version such as 3.10 is no number that lost a digit."""
    assert _given(f"text={written}") == {"text": written}
    assert _given(f"outer.text={written}", f"outer.more={written}")["outer"]["text"] == written
    assert _given('text="3.10"') == {"text": "3.10"}


def test_a_name_may_be_dotted_and_assignments_merge() -> None:
    assert _given("a.b.c=1", "a.b.d=2", "e=3", "e=4") == {"a": {"b": {"c": 1, "d": 2}}, "e": 4}


def test_a_later_file_goes_before_an_earlier_one_and_an_assignment_before_both(here: Path) -> None:
    (here / "bob.yaml").write_text("name: bob\nx: {y: 1}\n")
    (here / "none.yaml").write_text("# nothing\n")
    found = _given("x.z=2", files=("alice.yaml", "bob.yaml", "none.yaml"))
    assert (found["name"], found["x"], len(found["ports"])) == ("bob", {"y": 1, "z": 2}, 2)


@pytest.mark.usefixtures("here")
def test_values_may_come_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = ("preview", "greeter", "--blueprints", "blueprints", "--values", "-")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"name: carol\n")))
    assert "name: carol" in run(*preview).out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"name: Carol\n")))
    assert run(*preview).err.startswith("<stdin>:1:7: error[VAL003] values.name\n")
