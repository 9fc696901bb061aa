"""What a pod tells apart by name has each name once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.containers import own_containers, repeated
from itdo_platform_gen.checks.reading import items, mapping, mappings
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_OF_PODS = {"volumes": "volume", "resourceClaims": "resource claim", "schedulingGates": "scheduling gate"}


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    for path, message in _repeated(pod):
        yield Finding(pod.document, path, message)


def _repeated(pod: Pod) -> Iterator[tuple[Path, str]]:
    names = (((*path, "name"), container.get("name")) for path, container in own_containers(pod))
    for path, name in repeated(names):
        yield path, f"expected each container name once, got {name} again"
    for field, what in _OF_PODS.items():
        if items(pod.spec, field):
            yield from _in_list(pod.spec, (*pod.spec_path, field), "name", f"{what} name")
    context = mapping(pod.spec, "securityContext")
    yield from _in_list(context, (*pod.spec_path, "securityContext", "sysctls"), "name", "sysctl")
    for path, container in own_containers(pod):
        yield from _in_list(container, (*path, "ports"), "name", "port name of a container")
        yield from _in_list(container, (*path, "resizePolicy"), "resourceName", "resource of a resizePolicy")


def _in_list(holder: dict[str, object], path: Path, key: str, what: str) -> Iterator[tuple[Path, str]]:
    named = (((*path, index, key), item.get(key)) for index, item in mappings(holder, path[-1]))
    for place, name in repeated(named):
        yield place, f"expected each {what} once, got {name} again"


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  initContainers: [{name: migrate, image: "web:1.0"}]
  containers: [{name: web, image: "web:1.0"}]
"""

RULE = Rule(
    code="K8S140",
    title="names that come twice in a pod",
    effect="refused",
    reason="Containers, volumes, ports and what else has a name in a pod are told apart by it.",
    fix="give it another name, or take one of the two out",
    good=_GOOD,
    bad=_GOOD.replace("migrate", "web"),
    pod=_find,
)
