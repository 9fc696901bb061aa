"""Addresses of the portal are ones that it can make others from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.appconfig.urls import is_url
from itdo_platform_gen.checks.reading import at
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World

_ADDRESSES = (("app", "baseUrl"), ("backend", "baseUrl"))


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for path in _ADDRESSES:
            url = at(found.data, *path)
            if not isinstance(url, str) or not url or is_open(url):
                continue
            bare = url.rstrip("/")
            if not is_url(url):
                yield found.find(
                    path,
                    f"expected a URL with https:// and a host, got {url}",
                    effect=None if path[0] == "backend" else "refused",
                )
            elif urlsplit(url).scheme not in {"http", "https"}:
                yield found.find(path, f"expected http:// or https://, got {url}")
            elif bare != url and path[0] == "backend":
                yield found.find(path, f"expected no / at the end, got {url}", f"write {bare}")
            elif urlsplit(url).query or urlsplit(url).fragment:
                yield found.find(path, f"expected no more than a path after the host, got {url}")


_GOOD = portal()

RULE = Rule(
    code="BST140",
    title="addresses of a portal",
    effect="fails",
    reason="Addresses of the portal, such as those that a sign-in returns to, are made by adding a path to these.",
    fix="write scheme and host, and a path where the portal has one",
    good=_GOOD,
    bad=_GOOD.replace("  baseUrl: https://portal.example.com\n", "  baseUrl: https://portal.example.com/\n"),
    world=_find,
)
