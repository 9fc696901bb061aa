"""Integrations name hosts, and where their APIs are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.appconfig.urls import is_host, is_url
from itdo_platform_gen.checks.reading import mapping, mappings
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.diagnostics import Effect
    from itdo_platform_gen.syntax.node import Path

# The host that a provider has for all: where its API is, is known.
_PUBLIC = {"gitlab": "gitlab.com", "github": "github.com"}
_API = {"gitlab": "/api/v4", "github": "/api/v3", "bitbucketServer": "/rest/api/1.0"}
_URLS = {
    "gitlab": ("apiBaseUrl", "baseUrl"),
    "gerrit": ("baseUrl", "cloneUrl", "gitilesBaseUrl"),
    "gitea": ("baseUrl",),
}


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for provider in mapping(found.data, "integrations"):
            for index, one in mappings(found.data, "integrations", provider):
                yield from _faults(found, ("integrations", provider, index), str(provider), one)


def _faults(found: Portal, path: Path, provider: str, one: dict[str, object]) -> Iterator[Finding]:
    host = one.get("host")
    if isinstance(host, str) and host and not is_open(host):
        if not is_host(host):
            bare = urlsplit(host if "//" in host else f"//{host}").netloc
            yield found.find((*path, "host"), f"expected a host, got {host}", f"write {bare}" if bare else None)
        elif host != host.lower() and provider in {"github", "gitlab", "gitea", "harness", "bitbucketServer", "azure"}:
            yield found.find((*path, "host"), f"expected a host in lower case, got {host}", f"write {host.lower()}")
        elif provider in _PUBLIC and host != _PUBLIC[provider] and not one.get("apiBaseUrl"):
            wanted = f"apiBaseUrl: https://{host}{_API[provider]}"
            message = f"expected apiBaseUrl for {host}, which is not {_PUBLIC[provider]}"
            # GitHub's goes on without: what asks its API then fails.
            effect: Effect | None = None if provider == "gitlab" else "fails"
            if found.is_whole:
                yield found.find((*path, "host"), message, f"add {wanted}", effect=effect)
    for key in _URLS.get(provider, ()):
        url = one.get(key)
        if isinstance(url, str) and url and not is_open(url) and not is_url(url):
            yield found.find((*path, key), f"expected a URL such as https://{host or 'example.com'}, got {url}")


_GOOD = portal("""\
integrations:
  gitlab:
    - host: gitlab.example.com
      apiBaseUrl: https://gitlab.example.com/api/v4
      token: ${GITLAB_TOKEN}
""")

RULE = Rule(
    code="BST107",
    title="hosts of integrations",
    effect="refused",
    reason="The schema takes any text; the portal stops at a host that is none, and at a GitLab without its API.",
    fix="write the host alone, and apiBaseUrl for one of your own",
    good=_GOOD,
    bad=_GOOD.replace("host: gitlab", "host: https://gitlab"),
    world=_find,
)
