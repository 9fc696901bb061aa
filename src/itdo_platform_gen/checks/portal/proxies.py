"""Endpoints of the proxy lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.pattern import is_pattern
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.appconfig.urls import is_url
from itdo_platform_gen.checks.reading import at, mapping
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World

_ENDPOINTS = ("proxy", "endpoints")


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        skips = at(found.data, "proxy", "skipInvalidProxies") in (True, "true")
        for route, endpoint in mapping(found.data, *_ENDPOINTS).items():
            here = (*_ENDPOINTS, route)
            path = (*here, "target") if isinstance(endpoint, dict) else here
            target = endpoint.get("target") if isinstance(endpoint, dict) else endpoint
            if isinstance(target, str) and not is_open(target) and not is_url(target):
                message = f"expected a URL such as https://example.com, got {target}"
                yield found.find(path, message, effect="fails" if skips else None)
            elif isinstance(target, (bool, int, float)):
                yield found.find(path, f"expected a URL, got {show(target)}")
            for pattern in mapping(endpoint, "pathRewrite"):
                if not is_pattern(pattern):
                    place = (*here, "pathRewrite", pattern)
                    yield found.find(place, f"expected a regular expression, got {pattern}", at_key=True)
            if not route.startswith("/"):
                message = "expected a path that starts with /"
                yield found.find(here, message, f"write /{route}", effect="fails", at_key=True)


_GOOD = portal("""\
proxy:
  endpoints:
    /grafana/api: {target: "https://grafana.example.com"}
""")

RULE = Rule(
    code="BST170",
    title="endpoints of the proxy",
    effect="refused",
    reason="The proxy does not start with a target that is no URL, and adds what it is asked for to a path.",
    fix="write a path that starts with /, and a target with https://",
    good=_GOOD,
    bad=_GOOD.replace("https://grafana", "grafana"),
    world=_find,
)
