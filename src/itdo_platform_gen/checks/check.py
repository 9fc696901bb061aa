"""Check: documents that stand together, against schemas and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.rule import rules
from itdo_platform_gen.checks.structure import check_structure
from itdo_platform_gen.diagnostics import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding, Rule
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.schema.store import Schemas


def check(world: World, schemas: Schemas, *, resources_only: bool = False) -> list[Diagnostic]:
    """Find what a server of the schemas' targets would refuse, or take and then fail on, in order of place."""
    structure = check_structure(world.documents, schemas, resources_only=resources_only)
    return in_order([*structure, *check_rules(world)])


def check_rules(world: World) -> Iterator[Diagnostic]:
    """Find what the rules for the world's version find."""
    minor = _minor(world.kubernetes)
    for rule in rules():
        if _minor(rule.since) <= minor <= _minor(rule.until):
            for finding in _findings(rule, world):
                yield _told(rule, finding)


def _findings(rule: Rule, world: World) -> Iterator[Finding]:
    if rule.world is not None:
        yield from rule.world(world)
    if rule.document is not None:
        documents = world.of_kind(*rule.kinds) if rule.kinds else [d for d in world.documents if d.kind]
        for document in documents:
            yield from rule.document(document, world)


def _told(rule: Rule, finding: Finding) -> Diagnostic:
    return finding.document.diagnose(
        rule.code,
        finding.message,
        finding.path,
        hint=finding.hint or rule.fix,
        effect=finding.effect or rule.effect,
        severity=finding.severity or rule.severity,
        at_key=finding.at_key,
    )


def _minor(version: str) -> int:
    return int(version.partition(".")[2])
