"""YAML text becomes nodes with marks, and stays within bounds."""

from __future__ import annotations

import pytest

from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.compose import DEEPEST, LARGEST, Parsed, compose
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.syntax.node import Mapping, Node, Scalar, Sequence, mark_at


def _compose(text: str) -> list[Parsed]:
    return compose(Text("t", text))


def _node(text: str) -> Node:
    (document,) = _compose(text)
    return document.node


def _fault(text: str) -> str:
    with pytest.raises(DiagnosticsError) as caught:
        _compose(text)
    (found,) = caught.value.diagnostics
    return f"{found.line}:{found.column} {found.code} {found.message}"


def _shape(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.value if node.plain else f"'{node.value}'"
    if isinstance(node, Sequence):
        return [_shape(item) for item in node.items]
    return {key.value: _shape(value) for key, value in node.entries}


@pytest.mark.parametrize(
    ("text", "path", "marked"),
    [
        ("a: bc", ("a",), "bc"),
        ("a:\n  - b: 'c d'\n  - e", ("a", 0, "b"), "'c d'"),
        ("a:\r\n  - b\r\n  - é🚀: x\r\n", ("a", 1, "é🚀"), "x"),
        ("é🚀: [日, {b: x}]", ("é🚀", 1), "{b: x}"),
        ("a: |\n  b\n  c\nd: e", ("a",), "|\n  b\n  c\n"),
        ("a: &x b\nc: *x", ("c",), "&x b"),
        ("a: !!str 1", ("a",), "!!str 1"),
        ("a:\nb: c", ("a",), ""),
        ("? a\n: b", ("a",), "b"),
        ("a: {b: {c: [d]}}", ("a", "b", "c", 0), "d"),
    ],
)
def test_a_mark_spans_what_was_written(text: str, path: tuple[str | int, ...], marked: str) -> None:
    """Offsets, lines and columns count characters, whatever their width and whatever the line ends."""
    node = _node(text)
    mark = mark_at(node, path)
    assert text[mark.start : mark.end] == marked
    before = text[: mark.start]
    assert (mark.line, mark.column) == (before.count("\n"), len(before) - before.rfind("\n") - 1)


def test_a_scalar_knows_whether_it_has_quotes() -> None:
    """What stands without them may be a number; a block never is."""
    assert _shape(_node("[a, 'b', \"c\", 1, ~]")) == ["a", "'b'", "'c'", "1", "~"]
    assert _shape(_node("- |\n  1\n- >-\n  2\n- a\n  b\n")) == ["'1\n'", "'2'", "a b"]


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("a: 1", [""]),
        ("# a\n#b\n\n  # c\na: 1 # d\n# e\n", ["# a\n#b\n# c\n"]),
        ("# a\n---\n# b\na: 1\n---\n# c\nb: 1\n", ["# a\n# b\n", "# c\n"]),
        ("# a\r\na: 1\r\n", ["# a\n"]),
        ("---\n# nothing\n---\n# b\na: 1", ["# b\n"]),
        ("%YAML 1.2\n---\n# a\nb: 1", ["# a\n"]),
        ("# only\n", []),
        ("", []),
        ("---\n---\n...\n", []),
    ],
)
def test_documents_come_with_the_comment_at_their_top(text: str, comments: list[str]) -> None:
    """An empty document is none."""
    assert [document.comment for document in _compose(text)] == comments


def test_a_key_may_come_twice_until_its_reader_judges() -> None:
    """Nodes are what was written."""
    node = _node("a: 1\na: 2\n")
    assert isinstance(node, Mapping)
    assert [key.value for key, _ in node.entries] == ["a", "a"]


def test_merge_keys_fill_in_what_is_not_there() -> None:
    """A mapping's own keys come first and win, then the sources in order, except for keys of control."""
    sources = "a: &a {x: 1, '${{ if q }}': 2, '${{ k }}': 3}\nb: &b {x: 4, y: 5}\n"
    node = _node(f"{sources}c: {{'${{{{ if q }}}}': 6, '${{{{ k }}}}': 7, <<: [*a, *b]}}\n")
    assert isinstance(node, Mapping)
    merged = node.get("c")
    assert isinstance(merged, Mapping)
    assert [(key.value, _shape(value)) for key, value in merged.entries] == [
        ("${{ if q }}", "6"),
        ("${{ k }}", "7"),
        ("x", "1"),
        ("${{ if q }}", "2"),
        ("y", "5"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: *b", "1:4 YAML001 alias *b has no anchor before it"),
        ("a: &a {b: *a}", "1:11 YAML001 alias *a contains itself"),
        ("a: &a 1\n---\nb: *a", "3:4 YAML001 alias *a has no anchor before it"),
        ("<<: a", "1:5 YAML001 << takes a mapping or a list of mappings"),
        ("[a]: b", "1:1 YAML007 a key must be a string"),
        ("a: !x b", "1:4 YAML008 tag !x is not supported"),
        ("a: !!set {b}", "1:4 YAML008 tag !!set is not supported"),
        ("a: !!timestamp 2024-01-01", "1:4 YAML008 tag !!timestamp is not supported"),
        ("a: !<tag:example.com,2024:b> c", "1:4 YAML008 tag tag:example.com,2024:b is not supported"),
    ],
)
def test_what_is_no_plain_yaml_is_refused(text: str, said: str) -> None:
    """Aliases without anchors, keys that are no scalars, tags of others."""
    assert _fault(text) == said


def test_nesting_is_bounded() -> None:
    """A hundred levels of any kind, and no more, however deep the text goes on."""
    _compose("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    _compose("".join(f"{' ' * level}a:\n" for level in range(DEEPEST)))
    deeper = f"nested deeper than {DEEPEST} levels"
    assert _fault("[" * (DEEPEST + 2)) == f"1:{DEEPEST + 2} YAML003 {deeper}"
    assert _fault("[" * 1_000_000) == f"1:{DEEPEST + 2} YAML003 {deeper}"
    assert _fault("- " * 1_000_000) == f"1:{2 * DEEPEST + 3} YAML003 {deeper}"


def test_nesting_through_aliases_is_bounded() -> None:
    """Each anchor would add its levels to those of the one before."""
    half = DEEPEST // 2
    text = f"- &a {'[' * half}x{']' * half}\n"
    _compose(f"{text}- {'[' * (half - 1)}*a{']' * (half - 1)}\n")
    assert (
        _fault(f"{text}- {'[' * half}*a{']' * half}\n") == f"2:{half + 3} YAML003 nested deeper than {DEEPEST} levels"
    )
    nested = f"- &a {{b: {'[' * (half - 1)}x{']' * (half - 1)}}}\n- {'[' * half}{{<<: *a}}{']' * half}\n"
    assert "YAML003" in _fault(nested)


def test_aliases_that_multiply_are_bounded() -> None:
    """What writing them out would cost is counted, not written out."""
    levels = [f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 60)]
    assert _fault("\n".join(["a0: &a0 x", *levels])) == f"7:5 YAML004 aliases make this more than {LARGEST:,} nodes"
    merges = [f"a{level}: &a{level} {{b: *a{level - 1}, c: *a{level - 1}}}" for level in range(1, 60)]
    assert "YAML004" in _fault("\n".join(["a0: &a0 x", *merges]))
