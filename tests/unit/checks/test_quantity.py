"""Quantities are the numbers that Kubernetes takes for them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from itdo_platform_gen.checks.quantity import parse_quantity, show_quantity


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", 0),
        ("1", 1),
        (1, 1),
        (0.5, Fraction(1, 2)),
        ("+1.", 1),
        (".5", Fraction(1, 2)),
        ("-1", -1),
        ("100m", Fraction(1, 10)),
        ("1u", Fraction(1, 10**6)),
        ("1n", Fraction(1, 10**9)),
        ("2k", 2000),
        ("1M", 10**6),
        ("1Ki", 1024),
        ("1.5Gi", 3 * 2**29),
        ("1E", 10**18),
        ("1Ei", 2**60),
        ("1e3", 1000),
        ("1E3", 1000),
        ("12E-1", Fraction(6, 5)),
    ],
)
def test_a_quantity_is_a_number(written: object, number: Fraction | int) -> None:
    assert parse_quantity(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "",
        " 1",
        "1 Gi",
        "1K",
        "1ki",
        "fifty",
        "1e",
        "1.2.3",
        "1m3",
        "\N{ARABIC-INDIC DIGIT ONE}",
        True,
        None,
        [],
        "9" * 101,
    ],
)
def test_anything_else_is_none(written: object) -> None:
    assert parse_quantity(written) is None


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (Fraction(0), "0"),
        (Fraction(3), "3"),
        (Fraction(3, 2), "1500m"),
        (Fraction(1024), "1Ki"),
        (Fraction(1500 * 2**20), "1500Mi"),
        (Fraction(2**60), "1Ei"),
        (Fraction(1000), "1000"),
    ],
)
def test_a_number_is_written_with_the_suffix_that_keeps_it_whole(number: Fraction, written: str) -> None:
    assert show_quantity(number) == written
    assert parse_quantity(written) == number


def test_a_number_beyond_reason_is_not_written_out() -> None:
    assert show_quantity(Fraction(10) ** 5000 + Fraction(1, 3)) == "more than 1e36"
