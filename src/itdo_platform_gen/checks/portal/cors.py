"""The backend answers pages of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.appconfig.urls import is_url, origin_of
from itdo_platform_gen.checks.reading import at
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World

_ORIGIN = ("backend", "cors", "origin")


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        app, backend = at(found.data, "app", "baseUrl"), at(found.data, "backend", "baseUrl")
        known = all(isinstance(url, str) and is_url(url) and not is_open(url) for url in (app, backend))
        if known and origin_of(app) != origin_of(backend):
            yield from _faults(found, origin_of(app))


def _faults(found: Portal, app: str) -> Iterator[Finding]:
    origin = at(found.data, *_ORIGIN)
    if origin is None:
        if found.is_whole:
            message = f"expected backend.cors.origin for {app}, which is another origin than the backend's"
            yield found.find(("backend", "baseUrl"), message, f"add backend.cors.origin: {app}")
        return
    origins = origin if isinstance(origin, list) else [origin]
    if not all(isinstance(one, str) and one and not is_open(one) for one in origins):
        return
    fit = [one for one in origins if "*" in one or "{" in one or one == app]
    if not fit:
        message = f"expected {app}, the origin of app.baseUrl, got {', '.join(origins)}"
        yield found.find(_ORIGIN, message, f"write {app}")


_GOOD = portal(backend="cors: {origin: 'https://portal.example.com'}").replace(
    "  baseUrl: https://portal", "  baseUrl: https://api.portal"
)

RULE = Rule(
    code="BST141",
    title="the origin that the backend answers",
    effect="fails",
    reason="A browser keeps from the app what the backend answers, unless that names the app's origin to the letter.",
    fix="write the origin of app.baseUrl: scheme, host and port",
    good=_GOOD,
    bad=_GOOD.replace("'https://portal.example.com'", "'https://portal.example.com/'"),
    world=_find,
)
