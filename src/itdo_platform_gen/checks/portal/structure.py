"""An app-config says what its schema declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.structure import is_foreign, violations
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

# What is often written where it is not read.
_INSTEAD: dict[Path, str] = {
    ("integrations", "kubernetes"): "clusters are listed in kubernetes.clusterLocatorMethods; leave this out",
}


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for violation in violations(found.data):
            if is_foreign(violation) or (violation.keyword == "required" and not found.is_whole):
                continue
            mark, _ = found.owner(violation.path).origins.locate(violation.path, at_key=violation.at_key)
            unknown = violation.keyword == "additionalProperties"
            yield found.find(
                violation.path,
                violation.message,
                _INSTEAD.get(violation.path) or violation.hint_where(mark.written),
                effect="fails" if unknown else None,
                at_key=violation.at_key,
            )


_GOOD = portal("""\
organization: {name: Example}
""")

RULE = Rule(
    code="BST100",
    title="the schema of app-config.yaml",
    effect="refused",
    reason="Backstage passes over keys that no plugin declares, unless it is strict; what has another form stops it.",
    fix="write what the schema of the plugin asks for",
    good=_GOOD,
    bad=_GOOD.replace("organization", "organisation"),
    world=_find,
)
