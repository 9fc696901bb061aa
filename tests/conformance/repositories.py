"""Repositories: blueprints with content, values for them, and the trees that each door makes of them."""

from __future__ import annotations

import base64
import os
import shutil
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.blueprint.portable_values import pages
from itdo_platform_gen.blueprint.values import taken
from itdo_platform_gen.render.render import render_files
from itdo_platform_gen.schema.validator import Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

    from itdo_platform_gen.blueprint.blueprint import Blueprint

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(__file__).parent / "backstage/blueprints/sample"
SHIPPED = sorted(folder.parent for folder in ROOT.glob("blueprints/*/content"))
FOLDERS = [SAMPLE, *SHIPPED]
RANDOM = {folder: 200 if folder == SAMPLE else 12 for folder in FOLDERS}
"""How many random sets of values each is rendered with."""

ANSWERS = ".copier-answers.yml"
_COPIERS_OWN = ("_commit:", "_src_path:")
AWKWARD = (
    *("it's", '"quoted"', "a: b # c", "# no comment", "${{ values.name }}", "{% if x %}", "{# c #}", "}} %} #}", "${{"),
    *("no", "on", "~", "null", "12:30", "1e3", "010", "0x1f", "=", "- x", "? y", "!tag", "*a", "&a", "[x]", "{y}"),
    *("\\", "\\n", "\\'", "a\tb", "one\ntwo", "&amp; <b>", "%s", "$(x)", "`x`", "'''", '"""', "|", ">", ", ", ""),
    *("é", "漢字", "🚀", "ß İ ΑΣ", "  spaced  ", "\u00a0", "\u2028", "true", "None", "undefined", "[object Object]"),
)
Tree = dict[str, tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Example:
    """Values given for a blueprint, all that follow from them, and the tree that this library makes."""

    name: str
    given: dict[str, Any]
    values: dict[str, Any]
    tree: Tree


@cache
def blueprint_in(folder: Path) -> Blueprint:
    """Load a blueprint once."""
    return load_blueprint(folder)


@cache
def examples(folder: Path) -> list[Example]:
    """Give a blueprint's cases and some random sets of values, always the same."""
    blueprint = blueprint_in(folder)
    found = {case.stem: yaml.safe_load(case.read_text()) for case in sorted(folder.glob("cases/*.yaml"))}
    found |= {f"random-{number}": data for number, data in enumerate(_random(blueprint, RANDOM[folder]))}
    return [_example(blueprint, name, data) for name, data in found.items()]


def _example(blueprint: Blueprint, name: str, data: dict[str, Any]) -> Example:
    values = blueprint.values((taken(data),))
    tree = {path: _entry(file.mode, file.content, file.link) for path, file in render_files(blueprint, values).items()}
    return Example(name, data, values.data, tree)


@contextmanager
def scratch_folder(room: int = 2**27) -> Iterator[Path]:
    """Give a folder for thousands of small files, in memory where that is possible and has room for so many bytes."""
    memory = Path("/dev/shm")  # noqa: S108  a new folder inside
    place = memory if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= room else None
    with TemporaryDirectory(dir=place) as folder:
        yield Path(folder)


def sent_tree(tree: dict[str, list[str]]) -> Tree:
    """Give the tree that `scaffold.cjs` tells of."""
    found = {path: (mode, base64.b64decode(content)) for path, (mode, content) in tree.items()}
    return {
        path: ("link", content) if mode == "link" else _entry(int(mode, 8), content, None)
        for path, (mode, content) in found.items()
    }


def tree_of(folder: Path) -> Tree:
    """Give the files and links of a folder, with their modes."""
    return dict(_walk(folder))


def _walk(folder: Path) -> Iterator[tuple[str, tuple[str, bytes]]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            yield name, _entry(0, b"", os.readlink(path))  # noqa: PTH115  as it is written
        elif path.is_file() and name.split("/")[0] != ".git":
            yield name, _entry(stat.S_IMODE(path.stat().st_mode), path.read_bytes(), None)


def _entry(mode: int, content: bytes, link: str | None) -> tuple[str, bytes]:
    # Git keeps no more of a mode than this; the rest is the umask of who checked the template out.
    return ("link", link.encode()) if link is not None else ("755" if mode & stat.S_IXUSR else "644", content)


def without_origin(tree: Tree) -> Tree:
    """Leave out what Copier alone knows: where it took the template from."""
    if ANSWERS not in tree:
        return tree
    mode, content = tree[ANSWERS]
    lines = [line for line in content.decode().splitlines(keepends=True) if not line.startswith(_COPIERS_OWN)]
    return {**tree, ANSWERS: (mode, "".join(lines).encode())}


def differences(ours: Tree, theirs: Tree) -> list[str]:
    """Say how two trees differ, for people."""
    return [
        f"{path}\n  ours   {ours.get(path)}\n  theirs {theirs.get(path)}"
        for path in sorted(ours.keys() | theirs.keys())
        if ours.get(path) != theirs.get(path)
    ]


def _random(blueprint: Blueprint, count: int) -> list[dict[str, Any]]:
    required: dict[str, SearchStrategy[Any]] = {}
    optional: dict[str, SearchStrategy[Any]] = {}
    for _, page in pages(blueprint.parameters):
        for name, schema in page.get("properties", {}).items():
            target = required if name in page.get("required", ()) else optional
            target[name] = _strategy(schema)
    found: list[dict[str, Any]] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.fixed_dictionaries(required, optional=optional))
    def collect(data: dict[str, Any]) -> None:
        found.append(data)

    collect()
    return found


def _strategy(schema: dict[str, Any]) -> SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    strategy: SearchStrategy[Any] = _KINDS[schema["type"]](schema)
    return strategy.filter(Validator(schema).is_valid)


def _text(schema: dict[str, Any]) -> SearchStrategy[Any]:
    fits = [text for text in AWKWARD if Validator(schema).is_valid(text)]
    anything = st.from_regex(schema["pattern"]) if "pattern" in schema else st.text(max_size=20)
    plain = anything.filter(lambda text: "\r" not in text and not text.endswith("\n"))
    return st.one_of(st.sampled_from(fits), plain) if fits else plain


_KINDS: dict[str, Any] = {
    "string": _text,
    "boolean": lambda _: st.booleans(),
    "integer": lambda schema: st.integers(schema.get("minimum", -1000), schema.get("maximum", 10**6)),
    "array": lambda schema: st.lists(_strategy(schema["items"]), max_size=schema.get("maxItems", 4)),
    "object": lambda schema: (
        st.fixed_dictionaries({name: _strategy(inner) for name, inner in schema["properties"].items()})
        if "properties" in schema
        else st.dictionaries(
            st.sampled_from(["a", "b_c", "B-d", "é", "10", "9", "it's"]),
            _strategy(schema["additionalProperties"]),
            max_size=4,
        )
    ),
}
