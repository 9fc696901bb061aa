"""Providers of the catalog know their host and when to run."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.pattern import is_pattern
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.reading import at, mapping, mappings
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_PROVIDERS = ("catalog", "providers")
# The host that each has where none is given, and the integration that knows of it.
_HOSTS = {"github": "github.com", "gitlab": ""}
_SCHEDULE = "schedule: {frequency: {minutes: 30}, timeout: {minutes: 3}}"


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for name, public in _HOSTS.items():
            for path, one in _entries(found, name):
                yield from _host(found, path, name, one.get("host", public))
                yield from _needs(found, path, name, one)
                yield from _patterns(found, path, name, one)
        for path, one in _organizations(found):
            url = one.get("githubUrl")
            if isinstance(url, str) and not is_open(url):
                yield from _host(found, path, "github", urlsplit(url).netloc)
            if found.is_whole and "schedule" not in one:
                yield found.find(path, "expected a schedule, got none", f"add {_SCHEDULE}")


def _entries(found: Portal, name: str) -> Iterator[tuple[Path, dict[str, object]]]:
    given = mapping(found.data, *_PROVIDERS, name)
    alone = name == "github" and {"organization", "app"} & given.keys()
    entries = {(): given} if alone else {(key,): one for key, one in given.items()}
    for key, one in entries.items():
        if isinstance(one, dict):
            yield (*_PROVIDERS, name, *key), one


def _organizations(found: Portal) -> Iterator[tuple[Path, dict[str, object]]]:
    path = (*_PROVIDERS, "githubOrg")
    given = at(found.data, *path)
    if isinstance(given, dict):
        yield path, given
    for index, one in mappings(found.data, *path):
        yield (*path, index), one


def _host(found: Portal, path: Path, name: str, host: object) -> Iterator[Finding]:
    known = [one.get("host") for _, one in mappings(found.data, "integrations", name)] + [f"{name}.com"]
    settled = isinstance(host, str) and host and not is_open(host) and not any(is_open(other) for other in known)
    if found.is_whole and settled and host not in known:
        message = f"no integration in integrations.{name} is for {host}"
        place = (*path, "host") if at(found.data, *path, "host") else path
        yield found.find(place, message, f"add one for {host}")


def _needs(found: Portal, path: Path, name: str, one: dict[str, object]) -> Iterator[Finding]:
    if not found.is_whole:
        return
    if name == "gitlab" and "schedule" not in one:
        yield found.find(path, "expected a schedule, got none", f"add {_SCHEDULE}")
    if name == "github" and not {"organization", "app"} & one.keys():
        yield found.find(path, "expected organization or app, got neither")


def _patterns(found: Portal, path: Path, name: str, one: dict[str, object]) -> Iterator[Finding]:
    branch = at(one, "filters", "branch")
    if name == "github" and isinstance(branch, str) and "/" in branch:
        yield found.find((*path, "filters", "branch"), f"expected a branch without /, got {branch}")
    wild = isinstance(one.get("catalogPath"), str) and "*" in str(one["catalogPath"])
    if name == "github" and wild and one.get("validateLocationsExist") in (True, "true"):
        message = "a path with * cannot be looked up before it is read"
        yield found.find((*path, "validateLocationsExist"), message, "leave it out")
    keys = {"github": ("filters", "repository"), "gitlab": ("projectPattern",)}[name]
    pattern = at(one, *keys)
    if isinstance(pattern, str) and not is_open(pattern) and not is_pattern(pattern):
        yield found.find((*path, *keys), f"expected a regular expression, got {pattern}")


_GOOD = portal("""\
integrations:
  gitlab:
    - {host: gitlab.example.com, apiBaseUrl: "https://gitlab.example.com/api/v4", token: "${GITLAB_TOKEN}"}
catalog:
  providers:
    gitlab:
      example:
        host: gitlab.example.com
        schedule: {frequency: {minutes: 30}, timeout: {minutes: 3}}
""")

RULE = Rule(
    code="BST167",
    title="providers of the catalog",
    effect="refused",
    reason="The catalog does not start with a provider for a host that no integration is for, or without a schedule.",
    fix="add an integration for its host, and a schedule",
    good=_GOOD,
    bad=_GOOD.replace("        host: gitlab.example.com", "        host: gitlab.com.example"),
    world=_find,
)
