"""Constructs: what a text template may hold, and what not, with values that show where the engines differ."""

from __future__ import annotations

from pathlib import Path

import yaml

from itdo_platform_gen.blueprint.portable import Portability
from itdo_platform_gen.blueprint.portable_text import Fault, written_faults
from itdo_platform_gen.blueprint.scope import Shape
from itdo_platform_gen.syntax.jinja import parse_content

LISTS: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "cases/portable.yaml").read_text("utf-8"))

_TEXT, _INTEGER, _BOOLEAN = Shape(type="string"), Shape(type="integer"), Shape(type="boolean")
_TEXTS = Shape(item=_TEXT, type="array")
SHAPE = Shape(
    {
        **dict.fromkeys(("name", "empty", "text", "digits"), _TEXT),
        **dict.fromkeys(("port", "zero", "minus"), _INTEGER),
        **dict.fromkeys(("yes", "off"), _BOOLEAN),
        **dict.fromkeys(("owners", "nobody"), _TEXTS),
        **dict.fromkeys(("labels", "bare"), Shape(type="object")),
        "numbers": Shape(item=_INTEGER, type="array"),
        "flags": Shape(item=_BOOLEAN, type="array"),
        "team": Shape({"lead": _TEXT, "size": _INTEGER}, type="object"),
        "services": Shape(
            item=Shape({"name": _TEXT, "open": _BOOLEAN, "port": _INTEGER, "tags": _TEXTS}, type="object"), type="array"
        ),
        "loose": Shape(),
    },
    type="object",
)
VALUES: dict[str, object] = {
    "name": "orders-api",
    "empty": "",
    "text": 'It\'s "a"  b\n\tç漢🚀 ß İ <&> ${{ x }} {% y %}',
    "digits": "12",
    "port": 8080,
    "zero": 0,
    "minus": -7,
    "yes": True,
    "off": False,
    "owners": ["bob", "Al", "al", "cy"],
    "nobody": [],
    "numbers": [10, 9, 1, 2],
    "flags": [True, False],
    "labels": {"b": "2", "A": "1", "a": "3", "B": "x"},
    "bare": {},
    "team": {"lead": "bob", "size": 3},
    "services": [
        {"name": "web", "open": True, "port": 80, "tags": ["x"]},
        {"name": "api", "open": False, "port": 9, "tags": []},
        {"name": "Web", "open": True, "port": 80, "tags": ["y", "z"]},
    ],
    "loose": "maybe",
}


def faults_of(template: str) -> list[Fault]:
    """Give what the linter says of a template."""
    return [*written_faults(template), *Portability({"values": SHAPE}).faults(parse_content(template))]
