"""Locations lead to files that are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.files import beside
from itdo_platform_gen.checks.group import is_entity
from itdo_platform_gen.checks.reading import items, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import nearest, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# Those of the catalog, and those that its modules for other places add.
_TYPES = frozenset(
    {
        *("azure-discovery", "bitbucket-discovery", "bootstrap", "file", "github-discovery", "github-multi-org"),
        *("github-org", "gitlab-discovery", "ldap-org", "microsoft-graph-org", "s3-discovery", "url"),
    }
)
_MAGIC = frozenset("*?[{")


def _find(document: Document, world: World) -> Iterator[Finding]:
    if not is_entity(document):
        return
    targets: list[tuple[Path, object]] = [(("spec", "target"), text(document.data, "spec", "target"))]
    targets += [
        (("spec", "targets", index), target) for index, target in enumerate(items(document.data, "spec", "targets"))
    ]
    sort = text(document.data, "spec", "type")
    if sort and sort not in _TYPES and f"LocationType/{sort}" not in world.external and targets:
        message = f"expected url or file, got {show(sort)}, for which the catalog alone has no reader"
        outside = f"if the portal has one, declare it under external: in platform.yaml, as LocationType/{sort}"
        hint = suggest(sort, ["file", "url"]) if nearest(sort, ["file", "url"]) else outside
        yield Finding(document, ("spec", "type"), message, hint)
    named = [(path, target) for path, target in targets if isinstance(target, str) and target]
    if not named:
        message, hint = "expected a target, got none", "write targets: with a list of paths or URLs"
        yield Finding(document, ("spec",), message, hint, effect="advice", severity="warning")
    optional = text(document.data, "spec", "presence") == "optional"
    for path, target in named:
        if optional or _URL.match(target) or _MAGIC & set(target) or target.startswith("/"):
            continue
        file = beside(document, target)
        if world.files is not None and not file.startswith("..") and not world.files.has(file):
            yield Finding(document, path, f"expected a file, got {show(target)}, which is not there")


_GOOD = """\
apiVersion: backstage.io/v1alpha1
kind: Location
metadata: {name: rest}
spec: {targets: [./teams.yaml, ./systems.yaml]}
"""

RULE = Rule(
    code="BST218",
    title="targets of locations",
    effect="refused",
    reason="The catalog reports the location as broken, and reads nothing there.",
    fix="correct the path, which is relative to the location's file, or say presence: optional",
    good=_GOOD,
    bad=_GOOD.replace("./systems.yaml", "./system.yaml"),
    document=_find,
    kinds=("Location",),
    files={"teams.yaml": "", "systems.yaml": ""},
)
