"""Rules: small functions over documents that find what no schema sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.installed import broken, offered

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.diagnostics import Effect, Severity
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path as Place

    FindInDocument: TypeAlias = Callable[[Document, World], Iterator["Finding"]]
    FindInPod: TypeAlias = Callable[[Pod, World], Iterator["Finding"]]
    FindInWorld: TypeAlias = Callable[[World], Iterator["Finding"]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault that a rule found: what is wrong at which place of which document.

    `hint` goes before the rule's fix, `effect` and `severity` before the rule's own. With `at_key` the key at the end
    of the path is at fault, not its value.
    """

    document: Document
    path: Place
    message: str
    hint: str | None = None
    effect: Effect | None = None
    severity: Severity | None = None
    at_key: bool = False
    concealed: bool = False
    """Whether the line must not be shown, since a secret is in it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; a module under `checks/kubernetes` or `checks/across` offers it as `RULE`.

    Exactly one of `document`, `pod` and `world` is given: the first is called with each document of the rule's kinds
    (every Kubernetes document where there are none), the second with each pod that a document is or makes, the third
    once with all documents. None may take any shape of data for granted: documents come here whether or not their
    schema finds fault with them.
    """

    code: str
    title: str
    """What it is about, in a few words: `label values`."""
    effect: Effect
    reason: str
    """Why it is a fault, in one sentence."""
    fix: str
    """The way out, the hint where a finding has none of its own."""
    good: str
    """YAML documents in which it finds nothing."""
    bad: str
    """YAML documents in which it finds something."""
    document: FindInDocument | None = None
    pod: FindInPod | None = None
    world: FindInWorld | None = None
    kinds: tuple[str, ...] = ()
    since: str = "1.30"
    until: str = "1.37"
    """The Kubernetes minors it holds for, both included."""
    instead_of: str = ""
    """A code that says less of the same fault: what is found under it at the same place is left out."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Other files that lie beside those of the examples, by path."""
    level: Severity | None = None
    """The severity, where it is not what follows from the effect: an error, or for advice a warning."""

    @property
    def severity(self) -> Severity:
        """How much a finding weighs, unless a platform says otherwise."""
        return self.level or ("warning" if self.effect == "advice" else "error")


ENTRY_POINTS = "itdo_platform_gen.checks"


@lru_cache
def rules() -> tuple[Rule, ...]:
    """Give every rule, by code: those in the folders of rules, and those that installed packages offer.

    Raises DiagnosticsError where what a package offers is no rule, or has the code of another one.
    """
    every = [rule for folder in _folders() for rule in _rules_in(folder)]
    taken = {rule.code for rule in every}
    for package, offer in offered(ENTRY_POINTS):
        for rule in offer if isinstance(offer, (list, tuple)) else [offer]:
            if not isinstance(rule, Rule):
                raise DiagnosticsError([broken(package, f"offers {type(rule).__name__} as a check, which is no Rule")])
            if rule.code in taken:
                raise DiagnosticsError([broken(package, f"offers a check {rule.code}, of which there is one already")])
            taken.add(rule.code)
            every.append(rule)
    return _by_code(every)


def rules_for(groups: Collection[str]) -> tuple[Rule, ...]:
    """Give the rules that can find something in documents of some API groups; the others are not even read."""
    if _is_extended():
        return rules()
    return _rules_of(tuple(folder for folder, asked in _folders().items() if not asked or not asked.isdisjoint(groups)))


@lru_cache
def _is_extended() -> bool:
    return any(True for _ in offered(ENTRY_POINTS))


@lru_cache
def _rules_of(folders: tuple[str, ...]) -> tuple[Rule, ...]:
    return _by_code(rule for folder in folders for rule in _rules_in(folder))


@lru_cache
def _folders() -> dict[str, frozenset[str]]:
    """Give the folders of rules, each with the API groups it is for; none stands for any.

    A folder of rules says so by `GROUPS`; the others hold what rules are made from.
    """
    files = sorted(Path(__file__).parent.glob("*/__init__.py"))
    packages = {file.parent.name: import_module(f"{__package__}.{file.parent.name}") for file in files}
    return {name: frozenset(package.GROUPS) for name, package in packages.items() if hasattr(package, "GROUPS")}


def _rules_in(folder: str) -> list[Rule]:
    names = [file.stem for file in sorted((Path(__file__).parent / folder).glob("[a-z]*.py"))]
    found = (getattr(import_module(f"{__package__}.{folder}.{name}"), "RULE", None) for name in names)
    return [rule for rule in found if isinstance(rule, Rule)]


def _by_code(found: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(found, key=lambda rule: rule.code))
