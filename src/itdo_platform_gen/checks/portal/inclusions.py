"""What an app-config includes is there, and can be read."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.inclusion import PARSED, inclusions
from itdo_platform_gen.checks.appconfig.portal import files_of
from itdo_platform_gen.checks.files import beside, leads_out
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.inclusion import Inclusion
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document


def _find(world: World) -> Iterator[Finding]:
    for file, content in files_of(world.portals):
        for inclusion in inclusions(file.data):
            yield from _faults(file, inclusion, world)
        for path, fault in content.faults:
            yield Finding(file, path, fault, "correct the file, or what is included of it")


def _faults(document: Document, inclusion: Inclusion, world: World) -> Iterator[Finding]:
    place = (*inclusion.path, inclusion.key)
    if not inclusion.alone:
        message = f"expected {inclusion.key} alone in its mapping, got other keys beside it"
        yield Finding(document, place, message, "put what is included under a key of its own", at_key=True)
    elif not isinstance(inclusion.value, str):
        yield Finding(document, place, f"expected text, got {show(inclusion.value)}")
    elif not inclusion.has_parser:
        message = f"expected a file that ends in {', '.join(PARSED)}, got {inclusion.value}"
        yield Finding(document, place, message, "take the text of another file by $file")
    elif inclusion.file is not None:
        yield from _about_file(document, inclusion, inclusion.file, world)


def _about_file(document: Document, inclusion: Inclusion, file: str, world: World) -> Iterator[Finding]:
    place = (*inclusion.path, inclusion.key)
    if posixpath.isabs(file):
        return  # such as where a Secret is mounted
    if leads_out(file):
        message = f"{file} lies above the folder of {document.file}, and is hardly where the portal runs"
        yield Finding(document, place, message, "put it beside the file, or write its whole path", "advice", "warning")
    elif world.files is not None and not world.files.has(beside(document, file)):
        yield Finding(document, place, f"there is no {file} beside {document.file}", "correct its path, or add it")


_GOOD = portal("""\
kubernetes:
  $include: kubernetes.yaml
""")

RULE = Rule(
    code="BST103",
    title="what app-config.yaml includes",
    effect="refused",
    reason="The portal stops where a file is missing, is of no form that can be included, or has keys beside it.",
    fix="write {$include: FILE.yaml}, {$file: FILE} or {$env: NAME}",
    good=_GOOD,
    bad=_GOOD.replace("kubernetes.yaml", "kubernetes.txt"),
    world=_find,
    files={"kubernetes.yaml": "serviceLocatorMethod: {type: multiTenant}\nclusterLocatorMethods: []\n"},
)
