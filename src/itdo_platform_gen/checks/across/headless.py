"""The Service that governs a StatefulSet is headless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for workload in world.builtin("StatefulSet"):
        service = world.find("Service", workload.namespace, text(workload.data, "spec", "serviceName"))
        if service is not None and is_builtin(service) and text(service.data, "spec", "clusterIP") != "None":
            message = f"expected a headless Service, got Service/{service.name} with an address of its own"
            yield Finding(workload, ("spec", "serviceName"), message)


_GOOD = """\
apiVersion: v1
kind: Service
metadata: {name: store, namespace: dev}
spec:
  clusterIP: None
  selector: {app: store}
  ports: [{port: 5432}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: store, namespace: dev}
spec:
  serviceName: store
  selector: {matchLabels: {app: store}}
  template:
    metadata: {labels: {app: store}}
    spec: {containers: [{name: app, image: "app:1.0"}]}
"""

RULE = Rule(
    code="K8S216",
    title="Services of StatefulSets",
    effect="advice",
    reason="Only a headless Service gives each pod of a StatefulSet a name in DNS.",
    fix="set clusterIP: None, or name another Service that is headless",
    good=_GOOD,
    bad=_GOOD.replace("  clusterIP: None\n", ""),
    world=_find,
)
