"""Keys where plugins have theirs are ones of a plugin that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.structure import is_foreign, violations
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for violation in violations(found.data):
            if is_foreign(violation):
                message = f"no plugin that is known declares {violation.path[-1]}"
                yield found.find(violation.path, message, at_key=True)


_GOOD = portal()

RULE = Rule(
    code="BST113",
    title="keys of plugins that are not known",
    effect="fails",
    reason="What no plugin declares, none reads; known are those of Backstage and a few others.",
    fix="leave it out; where a plugin of yours declares it, turn this check off for the file",
    good=_GOOD,
    bad=_GOOD + "costReports: {currency: EUR}\n",
    world=_find,
)
