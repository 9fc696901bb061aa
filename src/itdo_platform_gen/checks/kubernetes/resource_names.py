"""Containers ask for resources that there are, in pieces that they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.containers import own_containers
from itdo_platform_gen.checks.names import is_qualified_name
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.resources import HUGE_PAGES, OF_CONTAINERS, OF_PODS, amounts, is_extended, page_size
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    places = [(path, container, OF_CONTAINERS) for path, container in own_containers(pod)]
    for path, holder, known in (*places, (pod.spec_path, pod.spec, OF_PODS)):
        resources = mapping(holder, "resources")
        for field in ("requests", "limits"):
            for name in mapping(resources, field):
                if not _is_resource(name, known):
                    message = f"expected {_listed(known)}, got {name}"
                    hint = suggest(name, known)
                    yield Finding(pod.document, (*path, "resources", field, name), message, hint, at_key=True)
            for name, amount in amounts(resources, field).items():
                if expected := _pieces(name, amount):
                    given = mapping(resources, field)[name]
                    message = f"expected {expected} of {name}, got {given}"
                    yield Finding(pod.document, (*path, "resources", field, name), message)


def _is_resource(name: str, known: frozenset[str]) -> bool:
    if name in known or name.startswith(HUGE_PAGES) or not is_qualified_name(name):  # the schema looks at the form
        return True
    return known is OF_CONTAINERS and "/" in name and not (is_extended(name) and name.startswith("requests."))


def _listed(known: frozenset[str]) -> str:
    vendors = " or a resource of a vendor such as nvidia.com/gpu" if known is OF_CONTAINERS else ""
    return f"{', '.join(sorted(known))}, hugepages-*{vendors}"


def _pieces(name: str, amount: Fraction) -> str | None:
    if is_extended(name):
        return None if amount.denominator == 1 else "whole pieces"
    if name.startswith(HUGE_PAGES):
        size = page_size(name)
        return None if size and (amount / size).denominator == 1 else "whole pages"
    return None


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  containers: [{name: web, image: "web:1.0", resources: {requests: {memory: 64Mi}, limits: {nvidia.com/gpu: 1}}}]
"""

RULE = Rule(
    code="K8S148",
    title="names of resources",
    effect="refused",
    reason="A container can ask for cpu, memory, ephemeral-storage, huge pages and what vendors add, and nothing else.",
    fix="name a resource that there is, and ask for whole pieces of what comes in pieces",
    good=_GOOD,
    bad=_GOOD.replace("{memory: 64Mi}", "{mem: 64Mi}"),
    pod=_find,
)
