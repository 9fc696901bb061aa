"""Durations; what is one, Backstage's own reader says in the conformance tests."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.appconfig.duration import is_duration


@pytest.mark.parametrize("text", ["PT30M", "P1DT2H", "P-1D", "PT1,5S", "30m", "30 minutes", "1.5h", " 5 s ", ".5 d"])
def test_a_duration(text: str) -> None:
    assert is_duration(text)


@pytest.mark.parametrize("text", ["", "30", "soon", "P", "PT", "P5", "PT5", "-5m", "5 minuten", "* * * * *"])
def test_no_duration(text: str) -> None:
    assert not is_duration(text)
