"""Sign-in resolvers are ones that their provider has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.sign_in import RESOLVERS, providers_of
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.reading import mappings
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for provider in providers_of(found):
            known = RESOLVERS[provider.name]
            for index, one in mappings(provider.data, "signIn", "resolvers"):
                name = one.get("resolver")
                if isinstance(name, str) and name and not is_open(name) and name not in known:
                    path = (*provider.path, "signIn", "resolvers", index, "resolver")
                    message = f"{provider.name} has no resolver {name}"
                    yield found.find(path, message, suggest(name, known))


_GOOD = portal()

RULE = Rule(
    code="BST120",
    title="names of sign-in resolvers",
    effect="refused",
    reason="The auth backend does not start with a resolver that the module of its provider does not come with.",
    fix="name one of the provider's own, or leave `signIn` out and write a module with yours",
    good=_GOOD,
    bad=_GOOD.replace("emailMatchingUserEntityProfileEmail", "preferredUsernameMatchingUserEntityName"),
    world=_find,
)
