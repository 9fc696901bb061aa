"""Input never gives a traceback: whatever stands in a file, a command exits with 0, 1 or 2."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greeter import FILES, RENDERED_SERVICE, write
from itdo_platform_gen.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator

PREVIEW = ("preview", "greeter", "--blueprints", "blueprints", "--values", "alice.yaml")
COMMANDS = {
    "alice.yaml": PREVIEW,
    "blueprints/greeter/blueprint.yaml": PREVIEW,
    "blueprints/greeter/manifests/configmap.yaml": PREVIEW,
    "blueprints/greeter/manifests/service.yaml": PREVIEW,
    "platform.yaml": ("check",),
    "platform.lock": ("check",),
    "w.yaml": ("validate", "w.yaml"),
}
QUOTA = """\
apiVersion: v1
kind: ResourceQuota
metadata: {name: q}
spec: {hard: {cpu: 1, pods: "2"}}
---
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: i, resources: {requests: {cpu: 2}}}]}
"""
LOCK = '{"apiVersion": "platform.itdo-erp.com/v1", "kind": "Lock", "renderings": {}, "files": {}}\n'
WHOLE = {**FILES, "platform.lock": LOCK, "w.yaml": f"{QUOTA}---\n{RENDERED_SERVICE}"}

# What is said of YAML, of expressions, of paths and numbers, put where something else stood.
PIECES = st.sampled_from(
    [
        *("null", "~", "true", "[]", "{}", "''", "[[]]", "- a", "&a [*a]", "*a", "<<: {a: b}", "!!int x", "? [a]"),
        *("|", ">-", "---", "...", "%YAML 1.1", "# x", "'", '"', ":", "  ", "\n", "{{ x }}", "{% x %}", "<<<<<<< ours"),
        *("1e999", "-0", "0x" + "f" * 5000, "9" * 5000, "9" * 300, ".inf", ".nan", "1e-400", "2020-01-01", "0o7"),
        *("../..", "/", "a/../b", ".git", "a" * 300, "\x00", "\u2028", "\ufeff", "\U0001f600", "\t", "\r", "e\u0301"),
        *("${{", "${{ }}", "${{ values }}", "${{ values.ports }}", "${{ values.name | upper }}", "${{ loop.index }}"),
        *("${{ if values.ports }}:", "${{ elif x }}:", "${{ else }}:", "${{ for x in values.ports }}:"),
        *("${{ 9 ** 9 ** 9 }}", "${{ range(10 ** 12) }}", "${{ 'a' * 10 ** 12 }}", "${{ values.name.__class__ }}"),
        *("${{ values | string | replace('', values | string) }}", "${{ x(1) }}", "${{ a.b.c[0][1:] }}"),
        *("${{ {}[[]] }}", "${{ values.ports | map('x') }}", "${{ values.name | slug(-1) }}", "${{ 1 / 0 }}"),
        *("type: object", "default: {}", "required: x", "items: []", "oneOf: [{}]", "pattern: '('", "$ref: '#'"),
        *("properties: {a: {$ref: 'http://localhost/x'}}", "enum: []", "if: {}", "dependencies: {name: [x]}"),
    ]
)


@contextlib.contextmanager
def _standing() -> Iterator[Path]:
    here, folder = Path.cwd(), Path(tempfile.mkdtemp())
    write(folder, WHOLE)
    os.chdir(folder)
    try:
        yield folder
    finally:
        os.chdir(here)
        shutil.rmtree(folder)


def _run(path: str, content: bytes, *words: str) -> None:
    said = io.StringIO()
    with _standing() as folder, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        (folder / path).write_bytes(content)
        code = main(words or COMMANDS[path])
    assert code in {0, 1, 2}, said.getvalue()
    assert "Traceback" not in said.getvalue()


@pytest.mark.parametrize("path", COMMANDS)
@given(content=st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=40, deadline=None)
def test_anything_in_a_file(path: str, content: bytes) -> None:
    _run(path, content)


@pytest.mark.parametrize("path", COMMANDS)
@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_a_good_file_with_faults(path: str, data: st.DataObject) -> None:
    """Some words of a good file give way to others, and some lines go, or come twice or elsewhere."""
    text = WHOLE[path]
    for _ in range(data.draw(st.integers(1, 3))):
        lines = text.split("\n")
        number = data.draw(st.integers(0, len(lines) - 1))
        line = lines[number]
        match data.draw(st.sampled_from(["piece", "value", "line", "drop", "twice", "move", "cut"])):
            case "piece":
                place = data.draw(st.integers(0, len(line)))
                lines[number] = f"{line[:place]}{data.draw(PIECES)}{line[place:]}"
            case "value":
                lines[number] = f"{line.partition(':')[0]}: {data.draw(PIECES)}"
            case "line":
                indent = " " * (len(line) - len(line.lstrip()))
                lines.insert(number, f"{indent}{data.draw(PIECES)}")
            case "drop":
                del lines[number]
            case "twice":
                lines.insert(number, line)
            case "move":
                lines.insert(data.draw(st.integers(0, len(lines))), lines.pop(number))
            case "cut":
                lines[number] = line[: data.draw(st.integers(0, len(line)))]
        text = "\n".join(lines)
    _run(path, text.encode())


@given(
    assignment=st.text().filter(lambda text: text != "-")
    | PIECES.map("name={}".format)
    | PIECES.map('ports=[{{"name": "{}"}}]'.format)
)
@settings(max_examples=100, deadline=None)
def test_anything_on_the_command_line(assignment: str) -> None:
    words = ("preview", "greeter", "--blueprints", "blueprints", f"--set={assignment}")
    _run("alice.yaml", b"", *words)
    _run("alice.yaml", b"", "show", "--", assignment)
    _run("alice.yaml", b"", "validate", "--", assignment or "-x")
