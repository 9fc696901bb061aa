"""Frames: names with their values, where these come from, and what a rendering may cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.frame import FAILED, Frame
from itdo_platform_gen.blueprint.values import Values, given
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.evaluation import LONGEST_TEXT
from itdo_platform_gen.syntax.expression import compile_expression
from itdo_platform_gen.syntax.mark import Mark, Text

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic

_MARK = Mark(Text("t", "here"), 0, 0, 0, 4)


def _frame(text: str) -> Frame:
    problems: list[Diagnostic] = []
    (document,) = compose(Text("values", text))
    data = to_data(document.node, problems)
    assert isinstance(data, dict)
    return Frame.of(Values(data, (given(document.node, problems),)))


def test_a_loop_gives_a_frame_for_each_turn() -> None:
    """With its name, `loop`, and the place of the item in the values."""
    frame = _frame("l: [{n: a}, {n: b}]")
    turns = list(frame.turns_of(("x",), compile_expression("values.l"), _MARK))
    assert [turn.names["x"] for turn in turns] == [{"n": "a"}, {"n": "b"}]
    assert turns[1].names["loop"] == {"index": 2, "index0": 1, "first": False, "last": True, "length": 2}
    assert turns[1].place_of(compile_expression("x.n")) == ("l", 1, "n")
    assert turns[1].place_of(compile_expression("values.l[0]")) == ("l", 0)
    assert turns[1].reads(compile_expression("x.n ~ values.l ~ loop.index")) == (("l", 1, "n"), ("l",))
    assert set(frame.names) == {"values"}


def test_a_name_that_is_hidden_leads_nowhere_else() -> None:
    """An inner loop over what is made anew has no place in the values, though the outer one's name had."""
    (outer,) = _frame("l: [{n: a}]").turns_of(("x",), compile_expression("values.l"), _MARK)
    (inner,) = outer.turns_of(("x",), compile_expression("[1]"), _MARK)
    assert inner.names["x"] == 1
    assert inner.place_of(compile_expression("x")) is None
    assert outer.place_of(compile_expression("x")) == ("l", 0)
    pairs = list(outer.turns_of(("x", "y"), compile_expression("[[1, 2]]"), _MARK))
    assert [(turn.names["x"], turn.names["y"], turn.place_of(compile_expression("x"))) for turn in pairs] == [
        (1, 2, None)
    ]


def test_a_problem_tells_of_the_values_it_took_in() -> None:
    """Each place once."""
    frame = _frame("a: x\nb: [1]\n")
    assert frame.evaluate(compile_expression("values.a + values.b[0] + values.a"), _MARK) is FAILED
    (problem,) = frame.problems
    assert problem.message == "+ takes numbers, got a string"
    assert [str(related) for related in problem.related] == ["value from values:1:4", "value from values:2:5"]


def test_what_nests_too_deep_is_a_problem_and_no_crash() -> None:
    """Wherever the stack ends."""
    frame = _frame("a: 1")
    deep = compile_expression("values.a" + " | default(1)" * 380)

    def deeper(levels: int) -> object:
        return deeper(levels - 1) if levels else frame.evaluate(deep, _MARK)

    assert deeper(500) is FAILED
    assert [problem.message for problem in frame.problems] == ["nested too deep"]


def test_turns_of_loops_are_counted_over_the_whole_rendering() -> None:
    """Those of loops inside others too."""
    frame = _frame("a: 1")
    many = compile_expression("range(10000)")
    turns = sum(1 for _ in range(11) for _ in frame.turns_of(("x",), many, _MARK))
    assert turns == 100_000
    assert [problem.message for problem in frame.problems] == ["more than 100,000 turns of loops in one rendering"]


def test_what_a_rendering_makes_is_counted() -> None:
    """The fault is told once, and nothing more is made."""
    frame = _frame("a: 1")
    long = compile_expression("'abcdefgh' ~ values.a")
    assert frame.affords(LONGEST_TEXT - 9, _MARK)
    assert frame.evaluate(long, _MARK) == "abcdefgh1"
    assert frame.evaluate(compile_expression("values.a"), _MARK) == 1
    assert frame.evaluate(long, _MARK) is FAILED
    assert frame.evaluate(long, _MARK) is FAILED
    assert [problem.code for problem in frame.problems] == ["TPL007"]
    assert frame.anew().evaluate(long, _MARK) == "abcdefgh1"
