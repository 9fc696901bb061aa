"""Evaluated templates: every part of a document knows its place in the template, and the values it took in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.blueprint.frame import Frame
from itdo_platform_gen.blueprint.origin import Trace
from itdo_platform_gen.blueprint.values import Values
from itdo_platform_gen.syntax.node import dotted
from templates import compiled

if TYPE_CHECKING:
    from itdo_platform_gen.syntax.node import Path

_VALUES: dict[str, object] = {
    "name": "orders",
    "on": True,
    "labels": {"app": "x", "tier": "y"},
    "ports": [{"name": "http", "port": 80}, {"name": "https", "port": 443}],
    "hosts": ["a", "b"],
}


def _traced(template: str) -> tuple[object, Trace]:
    ((_, body),) = compiled(template, _VALUES)
    frame, trace = Frame.of(Values(_VALUES)), Trace()
    data = body.evaluate(frame, trace, ())
    assert frame.problems == []
    return data, trace


def _origin(trace: Trace, path: Path) -> str:
    origin = trace.origin_of(path)
    written = origin.mark.text.content[origin.mark.start : origin.mark.end].split("\n")[0]
    reads = ", ".join(dotted(read) for read in origin.reads)
    return f"{origin.mark.line + 1}: {written}" + (f" <- {reads}" if reads else "")


@pytest.mark.parametrize(
    ("template", "path", "origin"),
    [
        ("a: {b: [c]}", ("a", "b", 0), "1: c"),
        ("a: {b: [c]}", ("a", "zzz"), "1: {b: [c]}"),
        ("a: ${{ values.name }}", ("a",), "1: ${{ values.name }} <- name"),
        ("a: ${{ values.name }}", (), "1: a: ${{ values.name }}"),
        ("a: x-${{ values.name }}-${{ values.on }}", ("a",), "1: x-${{ values.name }}-${{ values.on }} <- name, on"),
        ("a: ${{ values.name | upper }}", ("a",), "1: ${{ values.name | upper }} <- name"),
        ("a: ${{ values.labels }}", ("a", "tier"), "1: ${{ values.labels }} <- labels.tier"),
        ("a: ${{ values.ports }}", ("a", 1, "port"), "1: ${{ values.ports }} <- ports[1].port"),
        ("a: ${{ values.ports | reverse }}", ("a", 1, "port"), "1: ${{ values.ports | reverse }} <- ports"),
        ("a: ${{ values.ports[0] }}", ("a", "name"), "1: ${{ values.ports[0] }} <- ports[0].name"),
        ("${{ if values.on }}:\n  a: ${{ values.name }}", ("a",), "2: ${{ values.name }} <- name"),
        ("x: 1\n${{ if values.on }}: ${{ values.labels }}", ("tier",), "2: ${{ values.labels }} <- labels.tier"),
        ("x: 1\n${{ if values.on }}: {a: {b: c}}", ("a", "b"), "2: c"),
        ("- ${{ if values.on }}: [x, y]\n- z", (1,), "1: y"),
        ("- ${{ if values.on }}: [x, y]\n- z", (2,), "2: z"),
        ("- q\n- ${{ if values.on }}: ${{ values.hosts }}", (2,), "2: ${{ values.hosts }} <- hosts[1]"),
        ("- q\n- ${{ if values.on }}: ${{ values.ports }}", (2, "name"), "2: ${{ values.ports }} <- ports[1].name"),
        ("- q\n- ${{ if values.on }}: {a: [b]}", (1, "a", 0), "2: b"),
        ("- q\n- ${{ if values.on }}: ${{ values.labels }}", (1, "app"), "2: ${{ values.labels }} <- labels.app"),
        ("- ${{ for p in values.ports }}: {n: '${{ p.name }}'}", (1, "n"), "1: ${{ p.name }} <- ports[1].name"),
        ("- ${{ for p in values.ports }}: ${{ p }}", (1, "port"), "1: ${{ p }} <- ports[1].port"),
        ("- ${{ for p in values.ports }}:\n    - x\n    - ${{ p.port }}", (3,), "3: ${{ p.port }} <- ports[1].port"),
        ("${{ for h in values.hosts }}:\n  ${{ h }}: ${{ h }}", ("b",), "2: ${{ h }} <- hosts[1]"),
        ("${{ for h in values.hosts }}:\n  ${{ h }}: {c: d}", ("b", "c"), "2: d"),
        ("a:\n  ${{ for k, v in values.labels | dictsort }}:\n    ${{ k }}: ${{ v }}", ("a", "app"), "3: ${{ v }}"),
        (
            "- ${{ for p in values.ports }}:\n    - ${{ for h in values.hosts }}: '${{ p.name }}${{ h }}'",
            (3,),
            "2: '${{ p.name }}${{ h }}' <- ports[1].name, hosts[1]",
        ),
        ("a: &x {b: '${{ values.name }}'}\nc: *x", ("c", "b"), "1: ${{ values.name }} <- name"),
        ("a: &x {b: '${{ values.name }}'}\nc: {<<: *x}", ("c", "b"), "1: ${{ values.name }} <- name"),
    ],
)
def test_each_part_has_its_place_and_its_values(template: str, path: Path, origin: str) -> None:
    """Also when it was spliced, merged, looped over or taken whole; what is missing has those of what is around it."""
    assert _origin(_traced(template)[1], path) == origin


def test_every_part_of_a_document_has_an_origin_of_its_own() -> None:
    """Parts below a whole value, which have those of the value, excepted; and every key has a mark."""
    template = """\
kind: List
${{ if values.on }}:
  metadata:
    name: ${{ values.name }}
items:
  - first
  - ${{ for p in values.ports }}:
      - port: ${{ p.port }}
        ${{ if not loop.last }}: {more: [1, 2]}
  - ${{ if values.on }}:
      - ${{ for h in values.hosts }}: ${{ h }}
      - last
"""
    data, trace = _traced(template)
    paths: list[Path] = []

    def walk(part: object, path: Path) -> None:
        paths.append(path)
        if isinstance(part, dict):
            for key, inner in part.items():
                walk(inner, (*path, key))
        elif isinstance(part, list):
            for index, inner in enumerate(part):
                walk(inner, (*path, index))

    walk(data, ())
    assert set(trace.origins) == set(paths)
    assert set(trace.keys) == {path for path in paths if path and isinstance(path[-1], str)}
    assert [trace.keys["items", 1, "more"].line + 1, trace.keys["metadata", "name"].line + 1] == [9, 4]


def test_tracing_changes_nothing() -> None:
    """The data are the same, and the template can be evaluated again."""
    ((_, body),) = compiled("a: [1, {b: '${{ values.name }}'}]\n${{ if values.on }}: ${{ values.labels }}\n", _VALUES)
    frame = Frame.of(Values(_VALUES))
    plain = body.evaluate(frame, None, ())
    assert body.evaluate(frame, Trace(), ()) == plain == body.evaluate(frame, None, ())
    assert plain == {"a": [1, {"b": "orders"}], "app": "x", "tier": "y"}
