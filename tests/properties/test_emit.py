"""Emit gives the bytes of the reference, and every reader gets the data back."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from itdo_platform_gen.render.emit import emit
from itdo_platform_gen.syntax.scalar import may_stand_literal, may_stand_plain
from itdo_platform_gen.syntax.yaml import dump
from readers import in_kubernetes, read_1_1, read_1_2, read_as_kubernetes, same

_WORDS = """
y Y n N yes Yes YES no No on ON off Off true True TRUE false null Null NULL ~ . .. ... - -- --- -a ? : = << ! & *
| > % @ ` { } [ ] , # 'a' "a" 0 00 07 0o7 0x1F 0xg 0b1 1_000 1e3 1E3 1e+3 1.e3 .5 5. +1 -1 +.5 12:30 12:30:00
1:2 190:20:30.15 2024-01-01 2024-1-1 2024-01-01T00:00:00Z 11276e8 .inf -.Inf .NAN 1.5Gi 100m 10s 1h30m 0.5 1.2.3
1y 12e 9e9e a:b a: :a a#b a=b *a &a !a %a @a a,b key:value http://x:80 /a/b a/b ${{ ${VAR} $(a) {{ {% é ß 日本 🚀
0e0 1e400 99999999999999999999 -0 -0.0 0. 1d 1f 1L 0777 08 1__0 _1 +_1 -_ +y
"""
_FALSE_FRIENDS = st.sampled_from(_WORDS.split())
_AWKWARD = st.text(
    st.sampled_from(
        "ab1 \t\n\r:#-?'\"\\{}[],&*!|>%@`~.=<$é\x00\x07\x1b\x7f\x85\xa0\u2028\u2029\ufeff\ufffe\uffff日🚀\U0010ffff"
    ),
    max_size=12,
)
_LINES = st.lists(
    st.sampled_from(["", "a", "  a", "a ", "\ta", "# a", "---", "...", "- a", "a: b", "é🚀", "%"]), max_size=6
).map("\n".join)
_LONG = st.builds(
    lambda text, count, end: text * count + end,
    st.sampled_from(["word ", "ab", "a: b\n", "日", '"', "x\n"]),
    st.integers(60, 700),
    st.sampled_from(["", "\n", " ", "é"]),
)
_TEXTS = (
    _FALSE_FRIENDS
    | _AWKWARD
    | _LINES
    | st.text(max_size=20)
    | st.builds("{}{}".format, _FALSE_FRIENDS, _AWKWARD)
    | _LONG
)
_KEYS = _FALSE_FRIENDS | _AWKWARD | st.text(max_size=8)
_NUMBERS = st.integers() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
_DATA = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, max_examples=400)
@given(_DATA)
@example({"a": [[], {}, [[]], [{}], [{"b": [{"c": []}]}]]})
@example([[["a"], {"b": 1, "c": [2]}], {"k": "x\ny\n"}, "x\ny"])
@example({"k": {"a\nb": ["a\nb", "\n", "\n\n", " \n", "a\n\n"]}})
def test_emit_is_the_reference_made_fast(data: object) -> None:
    """Both writers give the same bytes."""
    assert emit(data) == dump(data)


@settings(deadline=None, max_examples=400)
@given(_DATA)
@example(["99999999999999999999", 2**64, 2**64 - 1, -(2**63) - 1, 1e22, 5e-324, -0.0])
def test_every_reader_gets_the_data_back(data: object) -> None:
    """YAML 1.1, YAML 1.2 and Kubernetes read what went in, types included."""
    text = emit(data)
    assert same(read_1_1(text), [data])
    assert same(read_1_2(text), [data])
    assert same(read_as_kubernetes(text), [in_kubernetes(data)])


@settings(deadline=None, max_examples=400)
@given(_TEXTS)
def test_text_comes_back_from_each_place(text: str) -> None:
    """A text is the same as a document, a value, an item and a key, whatever stands around it."""
    for data in (text, {"k": text, "l": 1}, [text, [text, 1]], {"k": {"l": [{"m": text}]}}):
        assert read_1_1(emit(data)) == read_1_2(emit(data)) == read_as_kubernetes(emit(data)) == [data]
    if len(text) < 200:
        assert read_1_1(emit({text: [text]})) == read_1_2(emit({text: [text]})) == [{text: [text]}]


@given(_FALSE_FRIENDS | _AWKWARD)
def test_what_may_stand_plain_or_literal_is_one_line_or_several(text: str) -> None:
    """No text may stand both ways."""
    assert not (may_stand_plain(text) and may_stand_literal(text))


@settings(deadline=None)
@given(st.lists(_DATA, min_size=1, max_size=3), st.sampled_from(["", "# a comment\n"]))
def test_documents_stand_in_one_file(documents: list[object], comment: str) -> None:
    """Documents with `---` between them come back one by one."""
    text = "---\n".join(emit(document, comment) for document in documents)
    assert same(read_1_1(text), documents)
    assert same(read_1_2(text), documents)
    assert same(read_as_kubernetes(text), [in_kubernetes(document) for document in documents])
