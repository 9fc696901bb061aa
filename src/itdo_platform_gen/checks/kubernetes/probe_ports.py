"""A probe or hook that names a port names one of its container."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.containers import own_containers
from itdo_platform_gen.checks.names import is_port_name
from itdo_platform_gen.checks.reading import at, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World

_HANDLERS = (
    ("startupProbe",),
    ("livenessProbe",),
    ("readinessProbe",),
    ("lifecycle", "postStart"),
    ("lifecycle", "preStop"),
)


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    for path, container in own_containers(pod):
        names = {text(port, "name") for _, port in mappings(container, "ports")} - {""}
        for handler in _HANDLERS:
            for action in ("httpGet", "tcpSocket"):
                place = (*handler, action, "port")
                port = at(container, *place)
                if isinstance(port, str) and is_port_name(port) and port not in names:
                    message = f"the container has no port named {port}; it has {', '.join(sorted(names)) or 'none'}"
                    yield Finding(pod.document, (*path, *place), message)


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  containers:
    - name: web
      image: "web:1.0"
      ports: [{name: http, containerPort: 80}]
      readinessProbe: {httpGet: {port: http}}
"""

RULE = Rule(
    code="K8S147",
    title="named ports of probes",
    effect="fails",
    reason="A node looks the name up among the ports of the container, and a probe that finds none fails.",
    fix="name the port in the container's ports, or give its number",
    good=_GOOD,
    bad=_GOOD.replace("port: http", "port: web"),
    pod=_find,
)
