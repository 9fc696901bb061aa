"""Each host has one integration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.reading import mapping, mappings
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for provider in mapping(found.data, "integrations"):
            seen: dict[str, int] = {}
            for index, one in mappings(found.data, "integrations", provider):
                host = one.get("host")
                if isinstance(host, str) and seen.setdefault(host, index) != index:
                    path = ("integrations", provider, index, "host")
                    yield found.find(path, f"{host} has an integration already, at [{seen[host]}]")


_GOOD = portal("""\
integrations:
  github:
    - {host: github.com, token: "${GITHUB_TOKEN}"}
    - {host: ghe.example.com, apiBaseUrl: "https://ghe.example.com/api/v3", token: "${GHE_TOKEN}"}
""")

RULE = Rule(
    code="BST108",
    title="integrations for one host",
    effect="fails",
    reason="Of two integrations for one host the portal takes one, and never uses the token of the other.",
    fix="keep one of them; a GitHub host takes several `apps`",
    good=_GOOD,
    bad=_GOOD.replace("host: ghe.example.com", "host: github.com"),
    world=_find,
)
