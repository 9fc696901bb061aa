"""No guests in production."""

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

_OUTSIDE = "dangerouslyAllowOutsideDevelopment"


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        guest = mapping(found.data, *PROVIDERS).get("guest")
        production = found.is_production or at(found.data, "auth", "environment") == "production"
        if guest is None or not production:
            continue
        if mapping(guest).get(_OUTSIDE) in (True, "true"):
            message = "everybody who reaches the portal is signed in, without a question"
            yield found.find((*PROVIDERS, "guest", _OUTSIDE), message, "leave it out", effect="advice")
        else:
            yield found.find((*PROVIDERS, "guest"), "guests cannot sign in outside of development", at_key=True)


_GOOD = portal()

RULE = Rule(
    code="BST125",
    title="guests in production",
    effect="fails",
    reason="The guest provider turns everybody away where NODE_ENV is not development, as in any image.",
    fix="leave guest out where the portal is for others, and write `guest: null` over one below it",
    good=_GOOD,
    bad=_GOOD.replace("  providers:\n", "  environment: production\n  providers:\n    guest: {}\n").replace(
        "      development:", "      production:"
    ),
    world=_find,
)
