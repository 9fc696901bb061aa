"""Clusters have names and ways to sign in of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.reading import mapping, mappings
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_METHODS = ("kubernetes", "clusterLocatorMethods")
_IN_METADATA = "kubernetes.io/auth-provider"
# The strategies that the Kubernetes backend 0.21.11 comes with.
_STRATEGIES = frozenset(
    ["aks", "aws", "azure", "google", "googleServiceAccount", "localKubectlProxy", "oidc", "serviceAccount"]
)
_SIGNED_IN_BY = "oidcTokenProvider"


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        names: set[str] = set()
        for number, method in mappings(found.data, *_METHODS):
            here = (*_METHODS, number)
            if method.get("type") == "config" and "clusters" not in method and found.is_whole:
                yield found.find(here, "expected clusters in a method of type config, got none", "add clusters")
            own: set[str] = set()
            for index, cluster in mappings(method, "clusters"):
                path = (*here, "clusters", index)
                name = cluster.get("name")
                if isinstance(name, str):
                    if name in names:
                        message = f"{name} is the name of another cluster"
                        yield found.find((*path, "name"), message, effect=None if name in own else "fails")
                    names.add(name)
                    own.add(name)
                yield from _sign_in(found, path, cluster)


def _sign_in(found: Portal, path: Path, cluster: dict[str, object]) -> Iterator[Finding]:
    metadata = mapping(cluster, "authMetadata")
    given = metadata.get(_IN_METADATA) or cluster.get("authProvider")
    if given is None:
        if found.is_whole:
            yield found.find(path, "expected authProvider, got none", "serviceAccount is what most clusters take")
    elif isinstance(given, str) and given and not is_open(given) and given not in _STRATEGIES:
        message = f"no way to sign in to a cluster is called {given}"
        yield found.find((*path, "authProvider"), message, suggest(given, _STRATEGIES))
    elif given == "oidc" and not (cluster.get(_SIGNED_IN_BY) or metadata.get("kubernetes.io/oidc-token-provider")):
        message = f"expected {_SIGNED_IN_BY} beside authProvider oidc, got none"
        yield found.find(path, message, f"add {_SIGNED_IN_BY}, the name of a provider in auth.providers")


_GOOD = portal("""\
kubernetes:
  serviceLocatorMethod: {type: multiTenant}
  clusterLocatorMethods:
    - type: config
      clusters:
        - {name: production, url: "https://k8s.example.com", authProvider: serviceAccount}
        - {name: staging, url: "https://k8s-staging.example.com", authProvider: serviceAccount}
""")

RULE = Rule(
    code="BST110",
    title="clusters of the Kubernetes plugin",
    effect="refused",
    reason="The portal stops at two clusters of one name, and at one that it is not told how to sign in to.",
    fix="give each cluster a name of its own and an authProvider",
    good=_GOOD,
    bad=_GOOD.replace("name: staging", "name: production"),
    world=_find,
)
