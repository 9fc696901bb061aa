"""Filters and tests of ours. What each gives is in tests/cases/language/filters.yaml; here is what they hold to."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itdo_platform_gen.syntax.evaluation import (
    DEEPEST_DATA,
    LARGEST_DATA,
    LONGEST_TEXT,
    EvaluationError,
    equal,
    measured,
)
from itdo_platform_gen.syntax.filters import (
    batch,
    combine,
    decimal,
    divisible,
    integer,
    join,
    replace,
    sha256,
    slug,
    to_json,
)

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")


@given(st.text(max_size=80), st.integers(12, 63))
def test_a_slug_is_a_label(text: str, length: int) -> None:
    """By RFC 1123, within its length, the same each time, and the same of itself."""
    made = slug(text, length)
    assert _LABEL.fullmatch(made)
    assert len(made) <= length
    assert slug(made, length) == made == slug(text, length)


@given(st.text("ab-_. A", max_size=5), st.text("ab-_. A", max_size=5))
def test_texts_of_one_slug_differ_in_case_and_separators_alone(one: str, other: str) -> None:
    """Everything else that is lost goes into the hash."""
    if slug(one) == slug(other):
        assert re.sub(r"[-_. ]", "-", one).lower() == re.sub(r"[-_. ]", "-", other).lower()


@pytest.mark.parametrize("length", [0, 11, 64, -1])
def test_a_slug_has_room_for_its_hash(length: int) -> None:
    """Lengths that no label has, or that leave no room, are refused."""
    with pytest.raises(EvaluationError, match="slug takes a length from 12 to 63"):
        slug("a", length)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_reads_back(data: object) -> None:
    """On one line, or indented."""
    assert json.loads(to_json(data)) == data
    assert json.loads(to_json(data, 2)) == data
    assert "\n" not in to_json(data)


def _nested(levels: int) -> object:
    data: object = 1
    for _ in range(levels):
        data = [data]
    return data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([[0] * 1000] * 1001, f"the data would have more than {LARGEST_DATA:,} values"),
        ({"a": [{"b": 1}] * (LARGEST_DATA // 2 + 1)}, f"the data would have more than {LARGEST_DATA:,} values"),
        (["x" * 2**20] * 17, f"the text would have more than {LONGEST_TEXT:,} characters"),
        ([{"x" * 2**20: 1}] * 17, f"the text would have more than {LONGEST_TEXT:,} characters"),
        (_nested(DEEPEST_DATA), f"the data would nest deeper than {DEEPEST_DATA} levels"),
    ],
)
def test_data_is_measured_as_it_would_be_written_out(data: object, message: str) -> None:
    """What stands in several places counts in each."""
    with pytest.raises(EvaluationError, match=re.escape(message)):
        measured(data)
    with pytest.raises(EvaluationError, match=re.escape(message)):
        to_json(data)


def test_data_that_doubles_is_measured_in_no_time() -> None:
    """Sixty levels of pairs would be more values than there are atoms in a cell."""
    data: object = "x"
    for _ in range(60):
        data = [data, data]
    with pytest.raises(EvaluationError, match="more than 1,000,000 values"):
        measured(data)


def test_data_of_the_largest_size_passes() -> None:
    """Bounds are inclusive."""
    measured([0] * LARGEST_DATA)
    measured("x" * LONGEST_TEXT)
    measured(_nested(DEEPEST_DATA - 1))


@pytest.mark.parametrize("indent", [-1, 9, 10**9, "\t", 1.0])
def test_json_is_indented_a_little(indent: object) -> None:
    """A wide indent would be a text without end."""
    with pytest.raises(EvaluationError, match="to_json takes an indent from 0 to 8"):
        to_json([1], indent)


def test_texts_are_bounded_before_they_are_made() -> None:
    """A text of a hundred terabytes is refused at once."""
    with pytest.raises(EvaluationError, match="more than 16,777,216 characters"):
        replace("a" * 10**7, "a", "b" * 10**7)
    with pytest.raises(EvaluationError, match="more than 16,777,216 characters"):
        join(["a"] * 10**6, "b" * 10**7)


@pytest.mark.parametrize(
    ("value", "count"), [("ab", 1), ({}, 1), ([1], 0), ([1], -1), ([1], 10_001), ([1], True), ([1], "1")]
)
def test_batch_takes_a_list_and_a_sensible_number(value: object, count: object) -> None:
    """It fills the last batch up, so that a number without end would be a list without end."""
    with pytest.raises(EvaluationError, match="batch takes a list, and a number from 1 to 10,000"):
        batch(value, count, 0)


def test_filters_leave_their_values_as_they_are() -> None:
    """Values are shared by all that is rendered."""
    one: dict[str, object] = {"a": {"b": 1}}
    items: list[object] = [1, 2, 3]
    assert combine(one, {"c": 1}) == {"a": {"b": 1}, "c": 1}
    assert batch(items, 2, 0) == [[1, 2], [3, 0]]
    assert (one, items) == ({"a": {"b": 1}}, [1, 2, 3])


@pytest.mark.parametrize("value", ["nan", "inf", "-Infinity", "1e999", "x", None, [1]])
def test_float_gives_finite_numbers(value: object) -> None:
    """JSON and YAML for Kubernetes have no others."""
    with pytest.raises(EvaluationError, match="float takes"):
        decimal(value)


@pytest.mark.parametrize("value", ["1.5", "x", "", None, [1], "9" * 5000])
def test_int_gives_integers(value: object) -> None:
    """What is none is not guessed at."""
    with pytest.raises(EvaluationError, match="int takes"):
        integer(value)


@pytest.mark.parametrize(("value", "by"), [("%9d", 2), (1.5, 2), (4, 0), (4, "2"), (None, 2), ([], 2)])
def test_divisible_takes_integers(value: object, by: object) -> None:
    """Python would take a text for a format, and write as many characters as it says."""
    with pytest.raises(EvaluationError, match="only integers"):
        divisible(value, by)


def test_true_is_not_one() -> None:
    """Though Python says so."""
    assert equal(1, 1.0)
    assert equal([1], [1])
    assert not equal(True, 1)  # noqa: FBT003
    assert not equal(0, False)  # noqa: FBT003


def test_a_hash_is_that_of_utf_8() -> None:
    """As sha256sum gives it; and of a lone surrogate too, which Python may bring."""
    assert sha256("ü").startswith("607474ca")
    assert len(sha256("\ud800", 8)) == 8
