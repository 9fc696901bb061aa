"""Providers that keep a session have a secret for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.sign_in import PROVIDERS
from itdo_platform_gen.checks.reading import at, mapping
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World

# Its strategy, of openid-client, keeps what it has asked for in a session.
_WITH_SESSION = ("oidc",)


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        if not found.is_whole or at(found.data, "auth", "session", "secret") is not None:
            continue
        for name in mapping(found.data, *PROVIDERS):
            if name in _WITH_SESSION:
                yield found.find((*PROVIDERS, name), f"expected auth.session.secret for {name}, got none", at_key=True)


_GOOD = portal(
    provider="""\
oidc:
  development:
    metadataUrl: https://auth.example.com/realms/example/.well-known/openid-configuration
    clientId: ${KEYCLOAK_CLIENT_ID}
    clientSecret: ${KEYCLOAK_CLIENT_SECRET}
    signIn: {resolvers: [{resolver: emailMatchingUserEntityProfileEmail}]}
"""
)

RULE = Rule(
    code="BST123",
    title="sessions of sign-in",
    effect="fails",
    reason="Signing in by OpenID Connect needs a session, which the auth backend keeps only with a secret.",
    fix="add auth.session.secret: ${SESSION_SECRET}",
    good=_GOOD,
    bad=_GOOD.replace('  session: {secret: "${SESSION_SECRET}"}\n', ""),
    world=_find,
)
