"""Providers are ones that there is a module for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.sign_in import PROVIDERS
from itdo_platform_gen.checks.appconfig.structure import declared
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World

# These have a module and declare nothing.
_UNDECLARED = frozenset({"awsalb", "azureEasyAuth", "oauth2Proxy", "pinniped"})
_INSTEAD = {"keycloak": "Keycloak is signed in to by the provider oidc"}


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        given = mapping(found.data, *PROVIDERS)
        forms = [forms for path, _, forms in declared(found.data) if path == PROVIDERS] if given else []
        known = _UNDECLARED.union(*(form.get("properties", ()) for some in forms for form in some))
        for name in given:
            if name not in known:
                message = f"no module of Backstage is for the provider {name}"
                yield found.find((*PROVIDERS, name), message, _INSTEAD.get(name) or suggest(name, known), at_key=True)


_GOOD = portal()

RULE = Rule(
    code="BST126",
    title="names of providers",
    effect="advice",
    reason="The portal passes over a provider that no module is for, and nobody signs in by it.",
    fix="name one that there is a module for, or install one of your own",
    good=_GOOD,
    bad=_GOOD.replace("  providers:\n", "  providers:\n    keycloak: {}\n"),
    world=_find,
)
