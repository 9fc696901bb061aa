"""A seccomp or AppArmor profile has a file or name exactly where it is one of the node's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.podsecurity.violation import secured_containers, secured_pod
from itdo_platform_gen.checks.reading import text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.diagnostics import Effect


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    for each in (secured_pod(pod), *secured_containers(pod)):
        for field in ("seccompProfile", "appArmorProfile"):
            kind, profile = text(each.context, field, "type"), text(each.context, field, "localhostProfile")
            is_given = (
                isinstance(each.context.get(field), dict) and each.context[field].get("localhostProfile") is not None
            )
            path = each.field(field, "localhostProfile")
            if kind == "Localhost" and not profile.strip():
                # An empty text is no reason for the server to refuse a seccomp profile, but a node finds nothing there.
                effect: Effect = "fails" if is_given and field == "seccompProfile" else "refused"
                message = "type Localhost needs a localhostProfile, got none"
                yield Finding(pod.document, path, message, effect=effect)
            elif kind and kind != "Localhost" and is_given:
                message = f"expected a localhostProfile with type Localhost alone, got {show(profile)} with {kind}"
                yield Finding(pod.document, path, message, "set type: Localhost, or leave the profile out")
            elif field == "appArmorProfile" and profile != profile.strip():
                yield Finding(pod.document, path, f"expected no spaces around the name, got {show(profile)}")


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  securityContext: {seccompProfile: {type: Localhost, localhostProfile: profiles/web.json}}
  containers: [{name: web, image: "web:1.0"}]
"""

RULE = Rule(
    code="K8S157",
    title="profiles of the node",
    effect="refused",
    reason="Only a profile of type Localhost lies on the node, and so only it has a name there.",
    fix="name the profile, or set type: RuntimeDefault",
    good=_GOOD,
    bad=_GOOD.replace(", localhostProfile: profiles/web.json", ""),
    pod=_find,
)
