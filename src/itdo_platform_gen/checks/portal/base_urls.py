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

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.diagnostics import Effect
    from itdo_platform_gen.syntax.node import Path

_ADDRESSES = (("app", "baseUrl"), ("backend", "baseUrl"))
_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for path in _ADDRESSES:
            url = at(found.data, *path)
            if isinstance(url, str) and url and not is_open(url):
                yield from _faults(found, path, url)


def _faults(found: Portal, path: Path, url: str) -> Iterator[Finding]:
    if not is_url(url):
        # The auth backend stops at that of the app; that of the backend is only warned of.
        effect: Effect = "refused" if path[0] == "app" else "fails"
        yield found.find(path, f"expected a URL with https:// and a host, got {url}", effect=effect)
        return
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"}:
        yield found.find(path, f"expected http:// or https://, got {url}")
    elif parts.query or parts.fragment:
        yield found.find(path, f"expected no more than a path after the host, got {url}")
    elif parts.path.endswith("/"):
        message, hint = f"expected no / at the end, got {url}", f"write {url.rstrip('/')}"
        yield found.find(path, message, hint, effect="advice")
    if found.is_production and parts.hostname in _HERE:
        message = f"{parts.hostname} is the machine of whoever opens the portal"
        yield found.find(path, message, "write the address that browsers find it by", effect="advice")


_GOOD = portal()

RULE = Rule(
    code="BST140",
    title="addresses of a portal",
    effect="fails",
    reason="All addresses of the portal, such as those that a sign-in returns to, are made by adding a path to these.",
    fix="write scheme and host, and a path where the portal has one",
    good=_GOOD,
    bad=_GOOD.replace("  baseUrl: https://portal.example.com\n", "  baseUrl: portal.example.com\n"),
    world=_find,
)
