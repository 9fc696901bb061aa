"""Check: documents that stand together, against schemas and rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.custom import definitions_in
from itdo_platform_gen.checks.reading import mapping, text
from itdo_platform_gen.checks.rule import rules_for
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


def check(
    world: World,
    schemas: Schemas,
    *,
    resources_only: bool = False,
    settings: Settings | None = None,
    processes: int = 1,
) -> Verdict:
    """Find what a server of the schemas' targets would refuse, or take and then fail on.

    With more than one of `processes`, the rules over all documents are a second one's work.
    """
    judged = settings or Settings()
    schemas = schemas.having(definitions_in(world))
    world = replace(world, schemas=schemas)
    kept: list[tuple[int, Diagnostic]] = []
    turned_off = 0
    for document, diagnostic in _all(world, schemas, resources_only=resources_only, processes=processes):
        verdict = judged.judge(diagnostic, document)
        if verdict is None:
            turned_off += 1
        else:
            kept.append((id(document), verdict))
    return Verdict(tuple(in_order(_told_once(kept, rules_for(world.groups)))), turned_off)


def _told_once(found: list[tuple[int, Diagnostic]], known: Iterable[Rule]) -> Iterator[Diagnostic]:
    """Leave out what a rule tells better at the same place of the same document."""
    less = {rule.code: rule.instead_of for rule in known if rule.instead_of}
    told = {(document, d.path, less[d.code]) for document, d in found if d.code in less}
    return (d for document, d in found if (document, d.path, d.code) not in told)


def check_rules(world: World) -> Iterator[Diagnostic]:
    """Find what the rules for the world's version find."""
    for _, diagnostic in _found_by(rules_for(world.groups), world):
        yield diagnostic


def _all(
    world: World, schemas: Schemas, *, resources_only: bool, processes: int
) -> Iterator[tuple[Document, Diagnostic]]:
    unknown: set[tuple[str, str]] = set()
    for document in world.documents:
        for diagnostic in check_one(document, schemas, unknown, resources_only=resources_only):
            yield document, diagnostic
        if ignored(document):
            for diagnostic in _unreasoned(document):
                yield document, diagnostic
    found = _found_by(rules_for(world.groups), world) if processes == 1 else _found_side_by_side(world)
    for number, diagnostic in found:
        yield world.documents[number], diagnostic


def _found_side_by_side(world: World) -> Iterable[tuple[int, Diagnostic]]:
    """Have the rules that look at one document or pod, and those that look at all, each do half of the work."""
    from itdo_platform_gen.processes import side_by_side  # noqa: PLC0415  most runs are too short to share

    of_one = [rule for rule in rules_for(world.groups) if rule.world is None]
    of_all = [rule for rule in rules_for(world.groups) if rule.world is not None]
    return chain.from_iterable(side_by_side([partial(_found_by, some, world) for some in (of_one, of_all)]))


def _unreasoned(document: Document) -> Iterable[Diagnostic]:
    if not text(mapping(document.data, "metadata", "annotations"), IGNORE_REASON):
        path = ("metadata", "annotations", IGNORE)
        message, hint = "checks are turned off without a reason", f"say why in the annotation {IGNORE_REASON}"
        yield document.diagnose("K8S007", message, path, hint=hint, effect="advice", severity="notice")


def _found_by(some: Iterable[Rule], world: World) -> list[tuple[int, Diagnostic]]:
    """Give what rules find, each with the index of its document."""
    minor = _minor(world.kubernetes)
    found = [
        (rule, finding)
        for rule in some
        if _minor(rule.since) <= minor <= _minor(rule.until)
        for finding in _findings(rule, world)
    ]
    numbers = {id(document): number for number, document in enumerate(world.documents)} if found else {}
    return [(numbers[id(finding.document)], _told(rule, finding)) for rule, finding in found]


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
