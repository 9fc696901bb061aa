"""GitHub's workflow commands, escaped so that no file can give one of its own."""

from __future__ import annotations

from itdo_platform_gen.diagnostics import Diagnostic, Excerpt, Related
from itdo_platform_gen.reports.github import github


def test_a_finding_is_one_line_with_its_place() -> None:
    found = Diagnostic(
        "K8S001",
        "100% no\n::error::x",
        "a,b:c.yaml",
        2,
        3,
        hint="yes",
        resource="Pod/a",
        path="spec",
        related=(Related("v.yaml", 1, 2, "value from"),),
        excerpt=Excerpt("abc", 2, 4),
    )
    assert github([found]) == (
        "::error file=a%2Cb%3Ac.yaml,line=2,endLine=2,col=3,endColumn=7,title=K8S001 Pod/a"
        "::spec: 100%25 no�::error::x%0Avalue from v.yaml:1:2%0Ahint: yes\n"
    )


def test_each_severity_has_its_command() -> None:
    found = [
        Diagnostic("K8S004", "n", "a", severity="notice"),
        Diagnostic("K8S004", "w", "b", severity="warning"),
        Diagnostic("K8S004", "e"),
    ]
    assert github(found).splitlines() == [
        "::error title=K8S004::e",
        "::notice file=a,title=K8S004::n",
        "::warning file=b,title=K8S004::w",
    ]
    assert github([]) == ""
