"""A pod that asks for its own name servers names some, and no more than resolvers read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import items, mapping
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World

_MOST_SERVERS = 3
_MOST_SEARCHES = 32
_MOST_CHARACTERS = 2048


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    config = mapping(pod.spec, "dnsConfig")
    servers, searches = items(config, "nameservers"), items(config, "searches")
    place = (*pod.spec_path, "dnsConfig")
    if pod.spec.get("dnsPolicy") == "None" and not servers:
        path = (*place, "nameservers") if config else (*pod.spec_path, "dnsPolicy")
        yield Finding(pod.document, path, "dnsPolicy None needs dnsConfig.nameservers, got none")
    if len(servers) > _MOST_SERVERS:
        message = f"expected at most {_MOST_SERVERS} name servers, got {len(servers)}"
        yield Finding(pod.document, (*place, "nameservers"), message)
    if len(searches) > _MOST_SEARCHES:
        message = f"expected at most {_MOST_SEARCHES} search domains, got {len(searches)}"
        yield Finding(pod.document, (*place, "searches"), message)
    elif len(" ".join(search for search in searches if isinstance(search, str))) > _MOST_CHARACTERS:
        message = f"expected at most {_MOST_CHARACTERS} characters of search domains, got more"
        yield Finding(pod.document, (*place, "searches"), message)


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  containers: [{name: web, image: "web:1.0"}]
  dnsPolicy: None
  dnsConfig: {nameservers: [10.0.0.10]}
"""

RULE = Rule(
    code="K8S156",
    title="name servers of pods",
    effect="refused",
    reason="Without a policy there is nobody to ask but those named, and resolvers read no more than three.",
    fix="name one to three servers under dnsConfig.nameservers, or leave dnsPolicy out",
    good=_GOOD,
    bad=_GOOD.replace("nameservers: [10.0.0.10]", "searches: [example.com]"),
    pod=_find,
)
