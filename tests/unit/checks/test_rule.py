"""Rules are found in their folders, and each is complete."""

from __future__ import annotations

import re

from itdo_platform_gen.checks.rule import rules


def test_every_rule_is_found_and_complete() -> None:
    found = rules()
    assert "K8S201" in {rule.code for rule in found}
    assert [rule.code for rule in found] == sorted({rule.code for rule in found})
    for rule in found:
        assert re.fullmatch(r"[A-Z0-9]+\d{3}", rule.code)
        assert rule.effect in {"refused", "fails", "advice"}
        assert rule.reason.endswith(".")
        assert rule.fix


def test_no_rule_finds_anything_in_nothing() -> None:
    assert [list(rule.find([])) for rule in rules()] == [[] for _ in rules()]
