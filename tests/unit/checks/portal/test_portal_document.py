"""The app-config of the design document: what is wrong with it is told at its line, with the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from greeter import ROOT
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.source import read_text

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic

FOLDER = ROOT / "tests/cases/document/backstage"
CONFIG = FOLDER / "app-config.yaml"

# the text of the line, what finds it, its effect, and a part of the hint
FAULTS = [
    ("  kubernetes:", "BST100", "fails", "kubernetes.clusterLocatorMethods"),
    ("    - host: gitlab.company.com", "BST107", "refused", "apiBaseUrl: https://gitlab.company.com/api/v4"),
    (
        "    - allow: [Component, System, API, Resource, Location, User, Group, Domain]",
        "BST165",
        "fails",
        "add Template to allow",
    ),
    ("        clientId: ${GITHUB_CLIENT_ID}", "BST121", "fails", "emailMatchingUserEntityProfileEmail"),
    ("        clientId: ${KEYCLOAK_CLIENT_ID}", "BST121", "fails", "emailMatchingUserEntityProfileEmail"),
    ("    oauth2:", "BST124", "advice", "https://auth.itdo-erp.com/realms/itdo-erp/.well-known/openid-configuration"),
    (
        "        authorizationUrl: https://auth.itdo-erp.com/auth/realms/itdo-erp/protocol/openid_connect/auth",
        "BST124",
        "fails",
        "https://auth.itdo-erp.com/realms/itdo-erp/protocol/openid-connect/auth",
    ),
    (
        "        tokenUrl: https://auth.itdo-erp.com/auth/realms/itdo-erp/protocol/openid_connect/token",
        "BST124",
        "fails",
        "https://auth.itdo-erp.com/realms/itdo-erp/protocol/openid-connect/token",
    ),
    ("      database: backstage_catalog", "BST150", "advice", "pluginDivisionMode: schema"),
    ("lighthouse:", "BST112", "advice", "install the plugin"),
    ("  builder: 'local'", "BST160", "advice", "external"),
]


@pytest.fixture(scope="module")
def found() -> list[Diagnostic]:
    texts = [read_text(CONFIG), read_text(FOLDER / "template.yaml")]
    return [diagnostic for diagnostic in validate(texts)[1] if diagnostic.file == texts[0].name]


@pytest.mark.parametrize(("line", "code", "effect", "hint"), FAULTS)
def test_the_fault_is_told(line: str, code: str, effect: str, hint: str, found: list[Diagnostic]) -> None:
    number = CONFIG.read_text("utf-8").splitlines().index(line) + 1
    told = [d for d in found if (d.line, d.code) == (number, code)]
    assert [d.effect for d in told] == [effect]
    assert hint in (told[0].hint or "")


def test_nothing_else_is_told(found: list[Diagnostic]) -> None:
    assert len(found) == len(FAULTS)
