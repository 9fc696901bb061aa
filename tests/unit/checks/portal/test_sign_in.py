"""Sign-in: what is told of one provider depends on the others, and on guests."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.mark import Text

SILENT = "google: {development: {clientId: a1, clientSecret: '${B}'}}\n"
SPEAKING = """\
github:
  development:
    clientId: ${A}
    clientSecret: ${B}
    signIn: {resolvers: [{resolver: emailMatchingUserEntityProfileEmail}]}
"""


def _told(provider: str, file: str = "app-config.yaml") -> list[tuple[str, str]]:
    found = validate([Text(file, portal(provider=provider))])[1]
    return [(d.code, d.severity) for d in found]


@pytest.mark.parametrize(
    ("provider", "told"),
    [
        (SILENT, [("BST121", "error")]),
        (SPEAKING + SILENT, [("BST121", "warning")]),
        (SILENT + "guest: {}\n", [("BST121", "warning")]),
        (SPEAKING, []),
        (SPEAKING.replace("development", "production"), [("BST122", "error")]),
        (SPEAKING.replace("development", "production") + "guest: {}\n", [("BST122", "warning")]),
        (SPEAKING.replace("emailMatchingUserEntityProfileEmail", "emailMatching"), [("BST100", "error")]),
        ("keycloak: {}\n", [("BST126", "warning")]),
        ("githb: {}\n", [("BST126", "warning")]),
    ],
)
def test_providers(provider: str, told: list[tuple[str, str]]) -> None:
    assert sorted(set(_told(provider)) - {("BST120", "error")}) == told


def test_a_resolver_of_another_provider_is_told_with_the_names_there_are() -> None:
    text = portal(provider=SPEAKING.replace("github", "oidc").replace("emailMatching", "usernameMatching"))
    found = {d.code: d.hint for d in validate([Text("app-config.yaml", text)])[1]}
    assert "emailMatchingUserEntityProfileEmail" in (found["BST120"] or "")


def test_guests_in_production() -> None:
    assert _told(SPEAKING + "guest: {}\n", "a/app-config.production.yaml") == [("BST125", "error")]
    allowed = SPEAKING + "guest: {dangerouslyAllowOutsideDevelopment: true}\n"
    assert _told(allowed, "a/app-config.production.yaml") == [("BST125", "warning")]
