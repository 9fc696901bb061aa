"""No shape of an app-config makes a rule stumble: whatever stands where, there is an answer."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.mark import Text

SHAPES = ("null", "5", "[[5]]", "{a: {b: null}}", '"${A}"', "{$include: a.yaml}")
PLACES = {
    "app": ("baseUrl", "extensions", "support"),
    "auth": ("environment", "keyStore", "providers", "session"),
    "backend": ("auth", "baseUrl", "cache", "cors", "csp", "database", "listen", "rateLimit", "reading"),
    "catalog": ("locations", "processingInterval", "providers", "rules"),
    "discovery": ("endpoints",),
    "integrations": ("awsS3", "github", "gitlab", "other"),
    "kubernetes": ("clusterLocatorMethods", "serviceLocatorMethod"),
    "other": ("a",),
    "proxy": ("endpoints", "skipInvalidProxies"),
    "scaffolder": ("defaultAuthor", "taskTimeout"),
    "techdocs": ("builder", "publisher"),
}
# The keys that rules ask for, wherever they stand.
ASKED = (
    *(
        "accessRestrictions",
        "allow",
        "apiBaseUrl",
        "apps",
        "authMetadata",
        "authProvider",
        "awsS3",
        "client",
        "clusters",
    ),
    *(
        "connection",
        "defaultTtl",
        "exact",
        "externalAccess",
        "filters",
        "github",
        "githubOrg",
        "gitlab",
        "host",
        "keys",
    ),
    *(
        "knexConfig",
        "locations",
        "name",
        "oidc",
        "options",
        "origin",
        "pathRewrite",
        "pattern",
        "plugin",
        "pool",
        "port",
    ),
    *(
        "provider",
        "rules",
        "schedule",
        "schemaPrefix",
        "signIn",
        "static",
        "target",
        "token",
        "type",
        "validateLocationsExist",
    ),
)


def _judged(text: str) -> list[str]:
    return [diagnostic.code for diagnostic in validate([Text("app-config.yaml", text)])[1]]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("top", PLACES)
def test_every_shape_is_judged(top: str, shape: str) -> None:
    assert "BST100" in _judged(f"{top}: {shape}\n")
    for below in PLACES[top]:
        inner = ", ".join(f"{key}: {shape}" for key in ASKED)
        nested = ", ".join(f"{key}: {{a: {shape}, {inner}}}" for key in ASKED)
        for value in (shape, f"[{{{inner}}}]", f"{{{nested}}}"):
            assert "BST100" in _judged(f"{top}: {{{below}: {value}}}\n")
