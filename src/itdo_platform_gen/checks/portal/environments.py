"""Providers are there for the environment that the portal runs as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.sign_in import DEVELOPMENT, PROVIDERS, providers_of
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.reading import at, mapping
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.diagnostics import Effect

_ENVIRONMENT = ("auth", "environment")


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        environment = at(found.data, *_ENVIRONMENT) or DEVELOPMENT
        if not found.is_whole or not isinstance(environment, str) or is_open(environment):
            continue
        by_name: dict[str, list[str]] = {}
        for provider in providers_of(found):
            by_name.setdefault(provider.name, []).append(provider.environment)
        for name, known in by_name.items():
            if environment not in known:
                message = f"{name} has nothing for {environment}, the environment of the portal"
                said = at(found.data, *_ENVIRONMENT) is not None
                hint = None if said else f"add auth.environment: {known[0]}"
                effect: Effect | None = "advice" if "guest" in mapping(found.data, *PROVIDERS) else None
                yield found.find((*PROVIDERS, name), message, hint or suggest(environment, known), effect=effect)


_GOOD = portal()

RULE = Rule(
    code="BST122",
    title="the environment of providers",
    effect="fails",
    reason="The portal asks a provider for auth.environment, which is development where nothing is said.",
    fix="write auth.environment and the key below the provider alike",
    good=_GOOD,
    bad=_GOOD.replace("      development:", "      production:"),
    world=_find,
)
