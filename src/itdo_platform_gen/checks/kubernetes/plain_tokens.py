"""No credential of a known form stands where anybody may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.secret_shapes import hide, token_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for document, texts in world.plain_texts:
        for plain in texts:
            token = token_in(plain.text) if plain.whole else None
            if token is not None:
                message = f"{token.kind} stands in plain sight: {hide(token.text)}"
                yield Finding(document, plain.path, message, concealed=True)


_GOOD = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: app, namespace: dev}
data: {region: eu-west-1}
"""

RULE = Rule(
    code="K8S185",
    title="tokens in plain sight",
    effect="advice",
    level="error",
    reason="Who finds a credential in a repository or a cluster can use it, so it has to be taken back.",
    fix="revoke it, and take its successor from a Secret: env[].valueFrom.secretKeyRef, or a mounted volume",
    good=_GOOD,
    bad=_GOOD.replace("region: eu-west-1", "region: AKIA" + "2E0A8F3B244C9986"),
    world=_find,
)
