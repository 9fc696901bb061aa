"""What the schema takes, and what reads it in the portal does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.sign_in import providers_of
from itdo_platform_gen.checks.appconfig.structure import as_number
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.appconfig.urls import is_url
from itdo_platform_gen.checks.reading import at, mapping, mappings
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import leaves, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World

_SRV = re.compile(r"https?\+srv://")
_CRON_FIELDS = (5, 6)
_STORES = {"firestore": (), "static": ("keys",)}
_WITHOUT_CATALOG = "dangerouslyAllowSignInWithoutUserInCatalog"


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        yield from _backend(found)
        yield from _catalog(found)
        yield from _integrations(found)
        yield from _sign_in(found)


def _backend(found: Portal) -> Iterator[Finding]:
    if at(found.data, "backend", "rateLimit") is True:
        message = "true is declared and not read"
        yield found.find(("backend", "rateLimit"), message, "write {window: 1 minute, incomingRequestLimit: 100}")
    for index, endpoint in mappings(found.data, "discovery", "endpoints"):
        for keys in (("target",), ("target", "external")):
            target = at(endpoint, *keys)
            if isinstance(target, str) and _SRV.match(target):
                place = ("discovery", "endpoints", index, *keys)
                yield found.find(place, "a browser looks up no SRV record", "write it below target.internal")


def _catalog(found: Portal) -> Iterator[Finding]:
    for number, rule in mappings(found.data, "catalog", "rules"):
        for index, location in mappings(rule, "locations"):
            if location.get("pattern") and location.get("exact"):
                path = ("catalog", "rules", number, "locations", index)
                yield found.find(path, "expected exact or pattern, got both", "keep one of them")
    for name, one in mapping(found.data, "catalog", "providers", "gitlab").items():
        if mapping(one).get("topics") is not None:
            where = ("catalog", "providers", "gitlab", name, "topics")
            message = "topics are declared as text and read as a list, so that nothing passes both"
            yield found.find(where, message, "leave it out, and choose projects by group or projectPattern")
    for below, value in leaves(mapping(found.data, "catalog", "providers")):
        known = isinstance(value, str) and not is_open(value)
        if below and below[-1] == "cron" and known and len(str(value).split()) not in _CRON_FIELDS:
            yield found.find(("catalog", "providers", *below), f"expected five fields, got {value}")


def _integrations(found: Portal) -> Iterator[Finding]:
    for index, one in mappings(found.data, "integrations", "awsS3"):
        endpoint = one.get("endpoint")
        if isinstance(endpoint, str) and not is_open(endpoint) and not is_url(endpoint):
            path = ("integrations", "awsS3", index, "endpoint")
            yield found.find(path, f"expected a URL, got {endpoint}", f"write https://{endpoint}")
    for index, one in mappings(found.data, "integrations", "github"):
        for number, app in mappings(one, "apps"):
            given = app.get("appId")
            if isinstance(given, str) and not is_open(given) and as_number(given) is None:
                place = ("integrations", "github", index, "apps", number, "appId")
                yield found.find(place, f"expected a number, got {show(given)}")


def _sign_in(found: Portal) -> Iterator[Finding]:
    store = at(found.data, "auth", "keyStore", "provider")
    if isinstance(store, str) and store in _STORES and found.is_whole:
        given = at(found.data, "auth", "keyStore", store)
        if given is None or not all(key in mapping(given) for key in _STORES[store]):
            wanted = ".".join((store, *_STORES[store]))
            yield found.find(("auth", "keyStore"), f"expected {wanted} for the provider {store}, got none")
    for provider in providers_of(found):
        if provider.name == "oauth2" and provider.data.get("scope") is not None:
            message = "scope is declared, and refused by the provider"
            yield found.find((*provider.path, "scope"), message, "write additionalScopes: [NAME]", at_key=True)
        audience = provider.data.get("audience")
        if provider.name == "okta" and isinstance(audience, str) and not is_open(audience) and not is_url(audience):
            yield found.find((*provider.path, "audience"), f"expected a URL with https://, got {audience}")
        for index, resolver in mappings(provider.data, "signIn", "resolvers"):
            value = resolver.get(_WITHOUT_CATALOG)
            if value is not None and not isinstance(value, bool):
                path = (*provider.path, "signIn", "resolvers", index, _WITHOUT_CATALOG)
                hint = "write true or false without quotes, and no variable"
                yield found.find(path, f"expected a boolean, got {show(value)}", hint)


_GOOD = portal()

RULE = Rule(
    code="BST116",
    title="what app-config.yaml may say and nothing reads",
    effect="refused",
    reason="Here the schema of a plugin and the plugin do not agree: what is valid keeps the portal from starting.",
    fix="write what the hint says",
    good=_GOOD,
    bad=_GOOD.replace("Email}]", "Email, dangerouslyAllowSignInWithoutUserInCatalog: 'true'}]"),
    world=_find,
)
