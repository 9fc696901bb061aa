"""Sign-in: the providers of a portal by environment, and the resolvers that their modules in Backstage 1.55 have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from itdo_platform_gen.checks.reading import mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.syntax.node import Path

PROVIDERS = ("auth", "providers")
DEVELOPMENT = "development"
"""The environment of a portal that does not say which one is its own."""

_EMAIL = ("emailLocalPartMatchingUserEntityName", "emailMatchingUserEntityProfileEmail")
_NAME, _ID = "usernameMatchingUserEntityName", "userIdMatchingUserEntityAnnotation"
_ANNOTATED = "emailMatchingUserEntityAnnotation"
RESOLVERS: dict[str, tuple[str, ...]] = {
    "atlassian": (*_EMAIL, _NAME),
    "bitbucket": (*_EMAIL, _ID, "usernameMatchingUserEntityAnnotation"),
    "bitbucketServer": _EMAIL,
    "github": (*_EMAIL, _ID, _NAME),
    "gitlab": (*_EMAIL, _ID, _NAME),
    "google": (*_EMAIL, _ANNOTATED),
    "microsoft": (*_EMAIL, _ANNOTATED, _ID),
    "oauth2": (*_EMAIL, _NAME),
    "oidc": _EMAIL,
    "okta": (*_EMAIL, _ANNOTATED),
    "onelogin": (*_EMAIL, _NAME),
}
"""The resolvers of each provider that asks who somebody is."""


class Provider(NamedTuple):
    """One provider in one environment."""

    name: str
    environment: str
    path: Path
    data: dict[str, Any]


def providers_of(portal: Portal) -> Iterator[Provider]:
    """Give the providers that a portal has by environment, `guest` and those that sit in a proxy left out."""
    for name, environments in mapping(portal.data, *PROVIDERS).items():
        if name in RESOLVERS and isinstance(environments, dict):
            for environment, data in environments.items():
                if isinstance(data, dict):
                    yield Provider(name, environment, (*PROVIDERS, name, environment), data)
