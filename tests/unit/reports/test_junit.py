"""JUnit's XML, as a parser reads it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.reports.junit import junit


def test_errors_fail_others_pass_and_a_clean_file_is_one_test() -> None:
    found = [
        Diagnostic("K8S001", 'no "<&>\x00', "a.yaml", 3, 5, resource="Pod/a", path="spec"),
        Diagnostic("K8S004", "unknown", "a.yaml", severity="notice"),
        Diagnostic("FILE001", "no such file", "nowhere.yaml"),
    ]
    root = ET.fromstring(junit(found, ["b.yaml", "a.yaml"]))  # noqa: S314  it is our own
    assert dict(root.attrib) == {"name": "platform-gen validate", "tests": "4", "failures": "2"}
    suites = {suite.get("name"): (suite.get("tests"), suite.get("failures")) for suite in root}
    assert suites == {"b.yaml": ("1", "0"), "a.yaml": ("2", "1"), "nowhere.yaml": ("1", "1")}
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("message") == 'no "<&>�'
    assert (failure.text or "").startswith("a.yaml:3:5: error[K8S001] Pod/a spec\n")
    names = [case.get("name") for case in root.iter("testcase")]
    assert names == ["no findings", "K8S004", "K8S001 Pod/a spec (line 3)", "FILE001"]
