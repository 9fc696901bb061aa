"""Variables, results, durations and images are read as Tekton reads them."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.pipelines.durations import seconds
from itdo_platform_gen.checks.pipelines.images import image_of
from itdo_platform_gen.checks.pipelines.parameters import texts_of, type_of
from itdo_platform_gen.checks.pipelines.results import result_reference
from itdo_platform_gen.checks.pipelines.scripts import files_written, interpreter_of
from itdo_platform_gen.checks.pipelines.variables import (
    expressions,
    is_whole_reference,
    too_deep,
    unknown_variable,
    variables,
    whole_variables,
)


@pytest.mark.parametrize(
    ("text", "names", "whole"),
    [
        ("a $(params.x) b", ["x"], ["x"]),
        ("$(params.x.key)", ["x"], ["x.key"]),
        ("$(params['x.y'])", ["x.y"], ["x.y"]),
        ('$(params["x"])$(params.y[*])', ["x", "y[*]"], ["x", "y[*]"]),
        ("$(params.x[0])", ["x[0]"], ["x[0]"]),
        ("$(params.)", [""], [""]),
        ("${params.x} $(paramsx.y) $params", [], []),
    ],
)
def test_variables(text: str, names: list[str], whole: list[str]) -> None:
    assert variables(text, "params") == names
    assert whole_variables(text, "params") == whole


def test_what_is_known() -> None:
    assert unknown_variable("$(params.x[0]) $(params.y)", "params", {"x"}) == "y"
    assert unknown_variable("$(params.x[*])", "params", {"x"}) is None
    assert too_deep("$(params.x.y.z)", "params") == "$(params.x.y.z)"
    assert is_whole_reference("$(params.x[*])", "params")
    assert not is_whole_reference("a$(params.x[*])", "params")


def test_expressions() -> None:
    assert expressions("$(tasks.a.results.b[0]) $(cat x) $(foo)") == ["tasks.a.results.b[0]", "foo"]


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("tasks.a.results.b", "string"),
        ("tasks.a.results.b[*]", "any"),
        ("tasks.a.results.b[1]", "array"),
        ("finally.a.results.b.c", "object"),
    ],
)
def test_results(expression: str, kind: str) -> None:
    reference = result_reference(expression)
    assert reference is not None
    assert (reference.of, reference.result, reference.type) == ("a", "b", kind)


def test_no_results() -> None:
    assert result_reference("tasks.a.results.b.c.d") is None
    assert result_reference("tasks.a.status") is None


@pytest.mark.parametrize(
    ("written", "length"),
    [("1h30m", 5400.0), ("-5m", -300.0), ("0", 0.0), ("1.5s", 1.5), ("5", None), ("", None), (5, None), ("1d", None)],
)
def test_durations(written: object, length: float | None) -> None:
    assert seconds(written) == length


def test_values() -> None:
    assert [type_of(value) for value in ("a", ["a", None], ["a", 1], {"a": "b"}, {"a": 1}, 5)] == [
        *("string", "array", "string", "object", "string", "string")
    ]
    assert list(texts_of(["$(params.x)", 5])) == [((), '["$(params.x)",5]')]


def test_images() -> None:
    image = image_of("docker.io/library/python:3.13-alpine")
    assert image is not None
    assert (image.short, image.lacks("bash"), image.lacks("sh"), image.has_no_shell) == ("python", True, False, False)
    assert image_of("Not An Image") is None


def test_scripts() -> None:
    assert [interpreter_of(script) for script in ("make", "#!/bin/bash\n", "#! /usr/bin/env -S node\n")] == [
        *("sh", "bash", "node")
    ]
    assert files_written("echo a > /tmp/a\n# echo > /tmp/b\ncmd | tee -a /tmp/c") == {"/tmp/a", "/tmp/c"}  # noqa: S108
