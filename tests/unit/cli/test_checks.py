"""`platform-gen checks` and `platform-gen explain`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greeter import Run


def test_every_code_is_a_line(run: Run) -> None:
    code, out, err = run("checks")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].split() == ["CODE", "EFFECT", "SEVERITY", "TITLE"]
    assert any(line.split()[:3] == ["K8S201", "fails", "error"] for line in out.splitlines())


def test_checks_as_json(run: Run) -> None:
    checks = {check["code"]: check for check in json.loads(run("checks", "--format", "json").out)["checks"]}
    assert checks["K8S201"]["since"] == "1.30"
    assert checks["YAML001"]["bad"] == ""


def test_a_rule_is_explained_with_its_examples(run: Run) -> None:
    code, out, err = run("explain", "k8s201")
    assert (code, err) == (0, "")
    assert out.startswith("K8S201: requests and quota\n")
    assert "\nwrong:\n    apiVersion: v1\n" in out
    assert "\nright:\n" in out
    assert json.loads(run("explain", "K8S201", "--format", "json").out)["check"]["effect"] == "fails"


def test_another_code_is_explained_in_short(run: Run) -> None:
    out = run("explain", "FILE004").out
    assert "way out: Split it.\n" in out
    assert "wrong:" not in out


def test_an_unknown_code_is_answered_with_the_nearest(run: Run) -> None:
    assert run("explain", "FILE044") == (2, "", "platform-gen: there is no code FILE044; did you mean FILE004?\n")
    assert "platform-gen checks lists them" in run("explain", "?").err
