"""A file of an app-config is one document."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.file import is_app_config
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for document in world.documents:
        if is_app_config(document):
            if seen[document.file]:
                yield Finding(document, (), "expected one document, got another one after ---")
            seen[document.file] += 1


_GOOD = portal()

RULE = Rule(
    code="BST115",
    title="documents of app-config.yaml",
    effect="refused",
    reason="The loader reads files of one document, and stops at a second one.",
    fix="write it into app-config.NAME.yaml, which is laid over app-config.yaml",
    good=_GOOD,
    bad=f"{_GOOD}---\n{_GOOD}",
    world=_find,
)
