"""The quick way of reading gives what the thorough one gives, or nothing."""

from __future__ import annotations

import pytest

from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.syntax.quick import Later, read_quickly
from itdo_platform_gen.syntax.scalar import resolve_as_kubernetes

ALIKE = ["", "---\n---\n", "null", "a: 1", "# hi\na: [1, {b: no}]\n---\n# there\n1: 0x1f\nyes: 'yes'\n", "- a\n- - b\n"]
UNUSUAL = ["a: &x 1", "a: !!str 1", "a: *x", "<<: {a: 1}", "a: 1\na: 2", "a: .inf", "? [a]\n: 1", "a: [", "[" * 200]


@pytest.mark.parametrize("content", ALIKE)
def test_the_same_data_and_comments(content: str) -> None:
    text = Text("a.yaml", content)
    parsed = compose(text)
    slow = [(to_data(p.node, [], resolve=resolve_as_kubernetes, any_key=True), p.comment) for p in parsed]
    assert read_quickly(text) == slow
    assert [Later(text).node(index).mark.start for index in range(len(slow))] == [p.node.mark.start for p in parsed]


@pytest.mark.parametrize("content", UNUSUAL)
def test_what_is_unusual_is_left_alone(content: str) -> None:
    assert read_quickly(Text("a.yaml", content)) is None
