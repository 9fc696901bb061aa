"""The language of manifest templates, by example: every file of tests/cases/language is a topic, with its cases.

A case has a name, a template, the values (each key is a declared parameter; `optional` names those declared and not
given), and either the result, every byte of it, or the diagnostics. A text may be a list of parts, and anywhere
`{repeat: [text, count]}` stands for a long text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from itdo_platform_gen.errors import DiagnosticsError
from readers import in_kubernetes, read_1_1, read_1_2, read_as_kubernetes, same
from templates import rendered

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic

_FOLDER = Path(__file__).parents[2] / "cases" / "language"
_KEYS = {"name", "template", "values", "optional", "result", "diagnostics"}


@dataclass(frozen=True)
class Case:
    """One example of the language."""

    name: str
    template: str
    values: dict[str, Any]
    optional: list[str]
    result: str | None
    diagnostics: list[dict[str, str]]


def _cases() -> list[Any]:
    reader = YAML(typ="safe", pure=True)
    found = []
    for file in sorted(_FOLDER.glob("*.yaml")):
        for written in reader.load(file):
            assert set(written) <= _KEYS, written["name"]
            assert ("result" in written) != ("diagnostics" in written), written["name"]
            case = Case(
                written["name"],
                _text(written["template"]),
                _expanded(written.get("values", {})),
                written.get("optional", []),
                _text(written["result"]) if "result" in written else None,
                written.get("diagnostics", []),
            )
            found.append(pytest.param(case, id=f"{file.stem}: {case.name}"))
    return found


def _text(written: Any) -> str:
    parts = written if isinstance(written, list) else [written]
    return "".join(_expanded(part) for part in parts)


def _expanded(written: Any) -> Any:
    if isinstance(written, dict):
        if list(written) == ["repeat"]:
            text, count = written["repeat"]
            return str(text) * int(count)
        return {key: _expanded(value) for key, value in written.items()}
    return [_expanded(item) for item in written] if isinstance(written, list) else written


def _said(diagnostic: Diagnostic) -> dict[str, str]:
    said = {"at": f"{diagnostic.line}:{diagnostic.column}", "code": diagnostic.code, "message": diagnostic.message}
    if diagnostic.hint is not None:
        said["hint"] = diagnostic.hint
    if diagnostic.related:
        said["related"] = ", ".join(str(related) for related in diagnostic.related)
    return said


_CASES = _cases()
_RESULTS = [parameters for parameters in _CASES if parameters.values[0].result is not None]
_FAULTS = [parameters for parameters in _CASES if parameters.values[0].result is None]


@pytest.mark.parametrize("case", _RESULTS)
def test_a_result_is_exact(case: Case) -> None:
    """A template gives these bytes."""
    assert rendered(case.template, case.values, case.optional).text == case.result


@pytest.mark.parametrize("case", _FAULTS)
def test_diagnostics_are_exact(case: Case) -> None:
    """A faulty template is told so in these words, all at once."""
    with pytest.raises(DiagnosticsError) as caught:
        rendered(case.template, case.values, case.optional)
    assert [_said(diagnostic) for diagnostic in caught.value.diagnostics] == case.diagnostics


@pytest.mark.parametrize("case", _RESULTS)
def test_every_reader_gets_the_data_that_went_in(case: Case) -> None:
    """YAML 1.1, YAML 1.2 and Kubernetes read a result alike, and rendering changes no values."""
    before = repr(case.values)
    result = rendered(case.template, case.values, case.optional)
    data = list(result.documents)
    assert same(read_1_1(result.text), data)
    assert same(read_1_2(result.text), data)
    assert same(read_as_kubernetes(result.text), in_kubernetes(data))
    assert repr(case.values) == before


def test_names_of_cases_differ() -> None:
    """A case is found by its name."""
    names = [parameters.id for parameters in _CASES]
    assert len(names) == len(set(names))
    assert len(names) >= 110
