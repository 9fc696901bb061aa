"""Rules are found in their folders, each is complete, and its examples are what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.checks.files import GivenFiles
from itdo_platform_gen.checks.rule import rules
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.checks.world import World
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from itdo_platform_gen.checks.rule import Rule

every_rule = pytest.mark.parametrize("rule", rules(), ids=[rule.code for rule in rules()])


def _codes(yaml: str, rule: Rule) -> list[str]:
    files = GivenFiles(rule.files) if rule.files else None
    _, found = validate([Text("example.yaml", yaml)], kubernetes=rule.until, files=files)
    return [diagnostic.code for diagnostic in found if diagnostic.code != "K8S004"]


def test_codes_are_unique() -> None:
    assert "K8S201" in {rule.code for rule in rules()}
    assert [rule.code for rule in rules()] == sorted({rule.code for rule in rules()})


@every_rule
def test_a_rule_is_complete(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z0-9]+\d{3}", rule.code)
    assert len([look for look in (rule.document, rule.pod, rule.world) if look is not None]) == 1
    assert rule.reason.endswith(".")
    assert rule.title
    assert rule.fix


@every_rule
def test_its_good_example_is_clean(rule: Rule) -> None:
    assert _codes(rule.good, rule) == []


@every_rule
def test_its_bad_example_is_found_by_it_alone(rule: Rule) -> None:
    assert set(_codes(rule.bad, rule)) == {rule.code}


@every_rule
def test_nothing_is_found_in_nothing(rule: Rule) -> None:
    if rule.world is not None:
        assert list(rule.world(World((), "1.37"))) == []
