"""Locations of the catalog can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.appconfig.urls import is_url
from itdo_platform_gen.checks.reading import mapping, mappings, text
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World

_LOCATIONS = ("catalog", "locations")
# What `@backstage/integration` 2.1.2 knows of by itself.
_ALWAYS = frozenset({"bitbucket.org", "dev.azure.com", "github.com", "gitlab.com", "amazonaws.com"})


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for index, location in mappings(found.data, *_LOCATIONS):
            kind, target = location.get("type"), text(location, "target")
            path = (*_LOCATIONS, index, "target")
            if not target or is_open(target):
                continue
            remote = target.startswith(("http://", "https://"))
            if kind == "file" and remote:
                yield found.find(path, f"expected a path for type file, got {target}", "write type: url")
            elif kind == "url" and not is_url(target):
                yield found.find(path, f"expected a URL for type url, got {target}", "write type: file for a file")
            elif kind == "url" and remote and found.is_whole and not _is_readable(found, urlsplit(target).netloc):
                host = urlsplit(target).netloc
                message = f"nothing is said of {host}, so the portal does not read from it"
                yield found.find(path, message, f"add {host} to integrations, or to backend.reading.allow")


def _is_readable(found: Portal, host: str) -> bool:
    known = {*_ALWAYS}
    for provider in mapping(found.data, "integrations"):
        for _, one in mappings(found.data, "integrations", provider):
            names = (text(one, key) for key in ("host", "gitilesBaseUrl", "endpoint"))
            known |= {urlsplit(name).netloc if "://" in name else name for name in names if name}
            if any(is_open(name) for name in (text(one, "host"),)):
                return True
    for _, one in mappings(found.data, "backend", "reading", "allow"):
        known.add(text(one, "host"))
    return (
        any(host == name or (name.startswith("*.") and host.endswith(name[1:])) for name in known)
        or any(is_open(name) for name in known)
        or host.endswith((".amazonaws.com", ".blob.core.windows.net", "storage.cloud.google.com"))
    )


_GOOD = portal("""\
catalog:
  locations:
    - {type: url, target: "https://github.com/example/services/blob/main/catalog-info.yaml"}
""")

RULE = Rule(
    code="BST166",
    title="locations of the catalog",
    effect="fails",
    reason="What cannot be read is left out of the catalog, which says so in its log alone.",
    fix="write type: url with a URL of a host that the portal knows, or type: file with a path",
    good=_GOOD,
    bad=_GOOD.replace("type: url", "type: file"),
    world=_find,
)
