"""The codes of each overlay are those in its file, and each example shows its code and no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from itdo_platform_gen.checks.overlay import overlay_rules
from itdo_platform_gen.checks.overlay_tekton import tekton_overlay_rules
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.schema.upstream.overlay import read_overlay
from itdo_platform_gen.shipped import shipped
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Rule

_RULES = (*overlay_rules(), *tekton_overlay_rules())

each_rule = pytest.mark.parametrize("rule", _RULES, ids=[rule.code for rule in _RULES])
each_overlay = pytest.mark.parametrize(
    ("overlay", "tables", "rules"),
    [
        ("overlay.yaml", ("kubernetes.tsv",), overlay_rules()),
        ("overlay-tekton.yaml", ("tekton.tsv", "triggers.tsv"), tekton_overlay_rules()),
    ],
)


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


@each_overlay
def test_the_codes_are_those_of_the_schemas(overlay: str, tables: tuple[str, ...], rules: tuple[Rule, ...]) -> None:
    del overlay
    codes = set().union(*(_codes(schema) for _, schema in _lines(tables)))
    assert codes == {rule.code for rule in rules}


@each_overlay
def test_every_definition_and_field_of_an_overlay_is_one_of_its_tables(
    overlay: str, tables: tuple[str, ...], rules: tuple[Rule, ...]
) -> None:
    """A name written wrong would ask nothing of anything."""
    del rules
    known: dict[str, set[str]] = {}
    for name, schema in _lines(tables):
        end = ".".join(name.rsplit(".", 3)[1:])
        known.setdefault(end, {"."}).update(schema.get("properties", {}))
    found = read_overlay(shipped("schemas") / overlay)
    asked = {(end, field) for end, fields in found.definitions.items() for field in fields}
    assert [(e, f) for e, f in sorted(asked) if f.partition("[")[0].partition("{")[0] not in known.get(e, set())] == []


def _lines(tables: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every definition of some tables with its name."""
    for table in tables:
        for line in (shipped("schemas") / table).read_text("utf-8").splitlines()[1:]:
            name, _, _, schema = line.split("\t")
            yield name, json.loads(schema)
