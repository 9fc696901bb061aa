"""The schema of an app-config, and what is taken for what in it."""

from __future__ import annotations

from typing import Any

import pytest

from itdo_platform_gen.checks.appconfig.structure import as_number, declared, violations

NEEDED: dict[str, Any] = {
    "app": {"baseUrl": "http://a"},
    "backend": {"baseUrl": "http://a", "database": {"client": "pg", "connection": "a"}},
    "auth": {"providers": {}},
}


def _told(**parts: Any) -> list[tuple[str, str, str | None]]:
    return [(".".join(map(str, v.path)), v.message, v.hint) for v in violations({**NEEDED, **parts})]


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"scaffolder": {"concurrentTasksLimit": "5"}},
        {"permission": {"enabled": "true"}},
        {"permission": {"enabled": 1}},
        {"organization": {"name": 5}},
        {"organization": {"name": True}},
        {"techdocs": {"builder": "${BUILDER}"}},
        {"permission": {"enabled": "${ENABLED:-true}"}},
        {"scaffolder": {"concurrentTasksLimit": {"$env": "LIMIT"}}},
        {"organization": {"name": {"$file": "name.txt"}}},
        {"kubernetes": {"$include": "kubernetes.yaml"}},
    ],
)
def test_what_is_taken(parts: dict[str, Any]) -> None:
    assert _told(**parts) == []


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"organisation": {}}, ("organisation", 'unknown key "organisation"', "did you mean organization?")),
        (
            {"scaffolder": {"concurrentTasksLimit": "five"}},
            ("scaffolder.concurrentTasksLimit", 'expected a number, got "five"', None),
        ),
        ({"permission": {"enabled": "yes"}}, ("permission.enabled", 'expected a boolean, got "yes"', "write true")),
        ({"organization": "${NAME}"}, ("organization", 'expected a mapping, got "${NAME}"', None)),
        (
            {"techdocs": {"builder": "externl"}},
            ("techdocs.builder", 'expected one of: local, external; got "externl"', "did you mean external?"),
        ),
    ],
)
def test_what_is_refused(parts: dict[str, Any], told: tuple[str, str, str | None]) -> None:
    assert _told(**parts) == [told]


def test_forms_are_given_for_every_place() -> None:
    forms = {path: found for path, _, found in declared({"integrations": {"github": [{"token": "a"}]}})}
    assert forms["integrations", "github", 0, "token"] == [{"type": "string", "visibility": "secret"}]


@pytest.mark.parametrize(
    ("text", "number"),
    [("5", 5), (" 5.5 ", 5.5), ("1e3", 1000), ("0x10", 16), ("", None), ("five", None), ("1_0", None), ("inf", None)],
)
def test_numbers(text: str, number: float | None) -> None:
    assert as_number(text) == number
