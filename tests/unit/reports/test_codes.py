"""Everything that is checked can be listed and explained."""

from __future__ import annotations

from itdo_platform_gen.checks.rule import rules
from itdo_platform_gen.reports.codes import codes


def test_rules_and_fixed_codes_are_there_in_order() -> None:
    assert list(codes()) == sorted(codes())
    assert {rule.code for rule in rules()} | {"K8S001", "YAML001", "PLT009"} <= codes().keys()


def test_a_rule_says_all_and_a_fixed_code_its_row() -> None:
    rule = codes()["K8S201"]
    assert (rule.effect, rule.since, rule.has_page) == ("fails", "1.30", True)
    assert codes()["BST217"].since is None, "no matter of Kubernetes"
    fixed = codes()["FILE004"]
    assert (fixed.title, fixed.effect, fixed.fix, fixed.has_page) == (
        "The file has more than 16 MiB, and was not read",
        "refused",
        "Split it.",
        False,
    )
    assert "see blueprints." in codes()["BLP001"].fix
