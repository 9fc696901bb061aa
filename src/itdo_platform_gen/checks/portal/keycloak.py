"""Keycloak is asked where it answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.sign_in import providers_of
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World

_REALM = re.compile(r"(https?://[^/]+)((?:/[^/]+)*?)/realms/([^/]+)(/.*)?")
_LEGACY = "/auth"
_WELL_KNOWN = "/.well-known/openid-configuration"
_ENDPOINTS = ("auth", "certs", "ext", "login-status-iframe.html", "logout", "revoke", "token", "userinfo")


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for path, value in leaves(found.data):
            match = _REALM.fullmatch(value) if isinstance(value, str) else None
            if match is None:
                continue
            server, prefix, realm, rest = match[1], match[2], match[3], match[4] or ""
            right = f"{server}{'' if prefix == _LEGACY else prefix}/realms/{realm}{_corrected(rest)}"
            if rest != _corrected(rest):
                yield found.find(path, f"Keycloak has no path {rest}", f"write {right}")
            elif prefix == _LEGACY:
                message = "Keycloak has no /auth before its realms since version 17, unless it is told so"
                yield found.find(path, message, f"write {right}", effect="advice")
        for provider in providers_of(found):
            url = provider.data.get("authorizationUrl")
            if provider.name == "oauth2" and isinstance(url, str) and _REALM.fullmatch(url):
                realm_url = _REALM.sub(r"\1/realms/\3", url)
                message = "Keycloak speaks OpenID Connect, of which oauth2 reads no name and no e-mail address"
                hint = f"take the provider oidc, with metadataUrl: {realm_url}{_WELL_KNOWN}"
                yield found.find(provider.path[:-1], message, hint, effect="advice", at_key=True)


def _corrected(rest: str) -> str:
    """Give the path below a realm as Keycloak has it, as far as it is known."""
    spelled = re.sub(r"^/protocol/open[_-]?id[_-]?connect(?=/|$)", "/protocol/openid-connect", rest)
    return re.sub(r"^/\.well[-_]known/openid[-_]configuration/?$", _WELL_KNOWN, spelled)


_GOOD = portal("""\
proxy:
  endpoints:
    /users:
      target: https://auth.example.com/realms/example/protocol/openid-connect/userinfo
""")

RULE = Rule(
    code="BST124",
    title="addresses of Keycloak",
    effect="fails",
    reason="Keycloak answers at /realms/NAME/protocol/openid-connect/… alone, and says it knows no other page.",
    fix="write /realms/NAME/protocol/openid-connect/…",
    good=_GOOD,
    bad=_GOOD.replace("openid-connect", "openid_connect"),
    world=_find,
)
