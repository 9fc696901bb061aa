"""Validation rules of CRDs that cannot be evaluated here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.across.custom_rules import RULE as RULES
from itdo_platform_gen.checks.across.custom_rules import judged
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World

_PATTERN = "self.least <= self.most, message: least is more than most"


def _find(world: World) -> Iterator[Finding]:
    yield from (finding for finding, broken in judged(world) if not broken)


RULE = Rule(
    code="K8S132",
    title="rules not evaluated",
    effect="advice",
    reason="A rule of a CRD that we cannot evaluate is said and not passed over: only the server can tell.",
    fix="install the extra `cel`, or let a server judge it: kubectl apply --dry-run=server",
    good=RULES.good,
    bad=RULES.good.replace(_PATTERN, "\"string(self.least).find('[0-9]+') != ''\", message: least has no digit"),
    world=_find,
    level="notice",
)
