"""The overlay's codes are those in its file, and each example shows its code and no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.checks.overlay import overlay_rules
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.schema.upstream.overlay import read_overlay
from itdo_platform_gen.shipped import shipped
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from itdo_platform_gen.checks.rule import Rule

each_rule = pytest.mark.parametrize("rule", overlay_rules(), ids=[rule.code for rule in overlay_rules()])


def _refused(yaml: str) -> set[str]:
    _, found = validate([Text("example.yaml", yaml)])
    return {diagnostic.code for diagnostic in found if diagnostic.effect == "refused"}


def _codes(schema: object) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["x-code"]} if isinstance(schema.get("x-code"), str) else set()
        return own.union(*map(_codes, schema.values()))
    return set().union(*map(_codes, schema)) if isinstance(schema, list) else set()


@each_rule
def test_the_good_example_is_clean(rule: Rule) -> None:
    assert _refused(rule.good) == set()


@each_rule
def test_the_bad_example_is_found_under_its_code_alone(rule: Rule) -> None:
    assert _refused(rule.bad) == {rule.code}


def test_the_codes_are_those_of_the_schemas() -> None:
    lines = (shipped("schemas") / "kubernetes.tsv").read_text("utf-8").splitlines()[1:]
    codes = set().union(*(_codes(json.loads(line.split("\t")[3])) for line in lines))
    assert codes == {rule.code for rule in overlay_rules()}


def test_every_definition_and_field_of_the_overlay_is_one_of_kubernetes() -> None:
    """A name written wrong would ask nothing of anything."""
    known: dict[str, set[str]] = {}
    for line in (shipped("schemas") / "kubernetes.tsv").read_text("utf-8").splitlines()[1:]:
        name, _, _, schema = line.split("\t")
        end = ".".join(name.rsplit(".", 3)[1:])
        known.setdefault(end, {"."}).update(json.loads(schema).get("properties", {}))
    overlay = read_overlay(shipped("schemas") / "overlay.yaml")
    asked = {(end, field) for end, fields in overlay.definitions.items() for field in fields}
    assert [(e, f) for e, f in sorted(asked) if f.partition("[")[0].partition("{")[0] not in known.get(e, set())] == []
