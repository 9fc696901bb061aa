"""Check: documents that stand together, against schemas and rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.custom import definitions_in
from itdo_platform_gen.checks.reading import mapping, text
from itdo_platform_gen.checks.rule import rules
from itdo_platform_gen.checks.settings import IGNORE, IGNORE_REASON, Settings, ignored
from itdo_platform_gen.checks.structure import check_one
from itdo_platform_gen.diagnostics import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from itdo_platform_gen.checks.rule import Finding, Rule
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.schema.store import Schemas


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, in order of place, and how many findings are turned off."""

    diagnostics: tuple[Diagnostic, ...] = ()
    turned_off: int = 0


def check(world: World, schemas: Schemas, *, resources_only: bool = False, settings: Settings | None = None) -> Verdict:
    """Find what a server of the schemas' targets would refuse, or take and then fail on."""
    judged = settings or Settings()
    schemas = schemas.having(definitions_in(world))
    world = replace(world, schemas=schemas)
    kept: list[Diagnostic] = []
    turned_off = 0
    for document, diagnostic in _all(world, schemas, resources_only=resources_only):
        verdict = judged.judge(diagnostic, document)
        if verdict is None:
            turned_off += 1
        else:
            kept.append(verdict)
    return Verdict(tuple(in_order(kept)), turned_off)


def check_rules(world: World) -> Iterator[Diagnostic]:
    """Find what the rules for the world's version find."""
    for _, diagnostic in _by_rules(world):
        yield diagnostic


def _all(world: World, schemas: Schemas, *, resources_only: bool) -> Iterator[tuple[Document, Diagnostic]]:
    unknown: set[tuple[str, str]] = set()
    for document in world.documents:
        for diagnostic in check_one(document, schemas, unknown, resources_only=resources_only):
            yield document, diagnostic
        if ignored(document):
            for diagnostic in _unreasoned(document):
                yield document, diagnostic
    yield from _by_rules(world)


def _unreasoned(document: Document) -> Iterable[Diagnostic]:
    if not text(mapping(document.data, "metadata", "annotations"), IGNORE_REASON):
        path = ("metadata", "annotations", IGNORE)
        message, hint = "checks are turned off without a reason", f"say why in the annotation {IGNORE_REASON}"
        yield document.diagnose("K8S007", message, path, hint=hint, effect="advice", severity="notice")


def _by_rules(world: World) -> Iterator[tuple[Document, Diagnostic]]:
    minor = _minor(world.kubernetes)
    for rule in rules():
        if _minor(rule.since) <= minor <= _minor(rule.until):
            for finding in _findings(rule, world):
                yield finding.document, _told(rule, finding)


def _findings(rule: Rule, world: World) -> Iterator[Finding]:
    if rule.world is not None:
        yield from rule.world(world)
    if rule.pod is not None:
        for pod in world.pods:
            yield from rule.pod(pod, world)
    if rule.document is not None:
        documents = world.of_kind(*rule.kinds) if rule.kinds else [d for d in world.documents if d.kind]
        for document in documents:
            yield from rule.document(document, world)


def _told(rule: Rule, finding: Finding) -> Diagnostic:
    told = finding.document.diagnose(
        rule.code,
        finding.message,
        finding.path,
        hint=finding.hint or rule.fix,
        effect=finding.effect or rule.effect,
        severity=finding.severity or rule.severity,
        at_key=finding.at_key,
    )
    return replace(told, excerpt=None) if finding.concealed else told


def _minor(version: str) -> int:
    return int(version.partition(".")[2])
