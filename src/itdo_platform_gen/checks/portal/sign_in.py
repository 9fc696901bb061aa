"""Somebody can sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.sign_in import PROVIDERS, RESOLVERS, providers_of
from itdo_platform_gen.checks.reading import at, mapping
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        every = list(providers_of(found)) if found.is_whole else []
        for provider in every:
            if not at(provider.data, "signIn", "resolvers"):
                others = any(at(other.data, "signIn", "resolvers") for other in every)
                alone = not others and "guest" not in mapping(found.data, *PROVIDERS)
                message = "expected signIn.resolvers, got none, so nobody signs in by it"
                hint = f"name one or more of {', '.join(RESOLVERS[provider.name])}"
                yield found.find(provider.path, message, hint, effect=None if alone else "advice")


_GOOD = portal()

RULE = Rule(
    code="BST121",
    title="providers that nobody signs in by",
    effect="fails",
    reason="A provider without a resolver lets the portal act for a user, and does not say who the user is.",
    fix="add signIn.resolvers",
    good=_GOOD,
    bad=_GOOD.replace("        signIn: {resolvers: [{resolver: emailMatchingUserEntityProfileEmail}]}\n", ""),
    world=_find,
)
