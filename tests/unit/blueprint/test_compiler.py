"""The compiler of templates. Its diagnostics are in tests/cases/language; here is what stands around them."""

from __future__ import annotations

import pytest

from itdo_platform_gen.blueprint.compiler import Compiler
from itdo_platform_gen.blueprint.template import Constant, MappingTemplate, SequenceTemplate, Text, Whole
from itdo_platform_gen.syntax import mark
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.node import Node, Scalar
from templates import scope_of


def _node(text: str) -> Node:
    (document,) = compose(mark.Text("t", text))
    return document.node


def _scalar(text: str) -> Scalar:
    node = _node(text)
    assert isinstance(node, Scalar)
    return node


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a: [1, {b: c}]", Constant),
        ("[]", Constant),
        ("a: '${{ values.x }}'", MappingTemplate),
        ("'${{ values.x }}': 1", MappingTemplate),
        ("${{ if values.x }}: {}", MappingTemplate),
        ("- a\n- ${{ values.x }}", SequenceTemplate),
        ("- ${{ for y in values.x }}: 1", SequenceTemplate),
        ("- ${{ if values.x }}: {b: 1}\n  a: 2", SequenceTemplate),
        ("${{ values.x }}", Whole),
        ("a ${{ values.x }}", Text),
        ("${{ values.x }}${{ values.x }}", Text),
    ],
)
def test_what_has_no_hole_is_constant(text: str, kind: type) -> None:
    """And is made once, for all documents."""
    compiler = Compiler()
    assert type(compiler.compile(_node(text), scope_of(["x"]))) is kind
    assert compiler.problems == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a ${{ values.q }} b", ["${{ values.q }}"]),
        ("'${{ values.x }} ${{ values.q }}'", ["${{ values.q }}"]),
        ("${{ '${{' ~ values.q }} ${{ values.r }}", ["${{ '${{' ~ values.q }}", "${{ values.r }}"]),
        ("|\n  é🚀\n  b ${{ values.q }}\n  ${{\n    values.r\n  }}\n", ["${{ values.q }}", "${{\n  "]),
        (">-\n  a\n  ${{ values.q }}\n\n  ${{ values.r }}\n", ["${{ values.q }}", "${{ values.r }}"]),
        ('"${{ values[\\"q\\"] }} ${{ values.q }}"', ['${{ values[\\"q\\"]', "${{ values.q }}"]),
        ('"\\u0024{{ values.q }} ${{ values.x }}"', ['"\\u0024{{ values.q }} ${{ values.x }}"']),
        ("a ${{ values.x }} ${{ values.x", ["${{"]),
    ],
)  # fmt: skip
def test_a_fault_is_marked_where_its_hole_stands(text: str, marked: list[str]) -> None:
    """Where an escape hides an opener, the whole scalar is marked."""
    compiler = Compiler()
    compiler.compile(_node(text), scope_of(["x"]))
    found = []
    for problem in compiler.problems:
        assert problem.line is not None
        assert problem.column is not None
        lines = text.split("\n")
        start = sum(len(line) + 1 for line in lines[: problem.line - 1]) + problem.column - 1
        found.append(start)
    assert len(found) == len(marked)
    assert all(text.startswith(part, start) for part, start in zip(marked, found, strict=True))


def test_many_holes_take_no_long_time() -> None:
    """Their marks are found in one pass."""
    compiler = Compiler()
    body = compiler.compile(_scalar("'" + "${{ values.x }} " * 5_000 + "'"), scope_of(["x"]))
    assert isinstance(body, Text)
    assert len(body.parts) == 10_000


def test_a_scalar_that_must_be_one_hole() -> None:
    """As `if` of a manifest is; anything else is told with the way out."""
    for text, hint in [
        ("values.x", "write ${{ values.x }}"),
        ("a ${{ values.x }}", None),
        ("'true'", "write ${{ true }}"),
    ]:
        compiler = Compiler()
        assert compiler.hole(_scalar(text), scope_of(["x"])) is None
        assert [(problem.message, problem.hint) for problem in compiler.problems] == [
            ("expected one expression in ${{ }}", hint)
        ]
    compiler = Compiler()
    assert isinstance(compiler.hole(_scalar("${{ values.x }}"), scope_of(["x"])), Whole)


def test_a_scalar_that_must_be_a_loop() -> None:
    """As `for` of a manifest is; the scope it gives has the loop's names."""
    compiler = Compiler()
    found = compiler.loop(_scalar("${{ p in values.x }}"), scope_of(["x"]))
    assert found is not None
    head, scope = found
    assert head.names == ("p",)
    assert set(scope.names) == {"values", "p", "loop"}
    for text in ("p in values.x", "a ${{ p in values.x }}", "${{ p }}", "${{ p in }}", "${{ p in values.x"):
        compiler = Compiler()
        assert compiler.loop(_scalar(text), scope_of(["x"])) is None
        assert len(compiler.problems) == 1


def test_a_template_at_fault_is_still_compiled() -> None:
    """Something harmless stands for what is wrong, so that all faults are found."""
    compiler = Compiler()
    body = compiler.compile(
        _node("a: ${{ 1 + }}\nb: ${{\nc: ${{ values.q }}\n${{ for }}: {d: '${{ q }}'}\n"), scope_of([])
    )
    assert isinstance(body, MappingTemplate)
    assert [problem.code for problem in compiler.problems] == ["EXPR001", "TPL002", "EXPR002", "TPL001"]
