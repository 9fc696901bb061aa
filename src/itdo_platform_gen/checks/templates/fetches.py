"""What a step fetches is there, and is fetched in a way that the action takes."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.files import beside, leads_out
from itdo_platform_gen.checks.reading import text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Step, Template
    from itdo_platform_gen.checks.world import World

_FETCHING = frozenset({"fetch:plain", "fetch:plain:file", "fetch:template", "fetch:template:file"})
_TARGETS = {"catalog:write": ("filePath",), "publish:github": ("sourcePath",), "publish:gitlab": ("sourcePath",)}


def _look(template: Template, world: World) -> Iterator[Finding]:
    for step in template.steps:
        given = step.data.get("input")
        if not isinstance(given, dict):
            continue
        if step.action in _FETCHING:
            yield from _source(template, world, step, given)
        if step.action == "fetch:template":
            yield from _ways(template, step, given)
        for key in _TARGETS.get(step.action, ("targetPath",) if step.action in _FETCHING else ()):
            target = text(given, key)
            if target and "${{" not in target and (leads_out(target) or posixpath.isabs(target)):
                message = f"expected a path inside the workspace, got {show(target)}"
                yield Finding(template.document, (*step.path, "input", key), message)


def _source(template: Template, world: World, step: Step, given: dict[str, Any]) -> Iterator[Finding]:
    url = text(given, "url")
    path = (*step.path, "input", "url")
    if not url or "${{" in url or "://" in url:
        return
    if leads_out(url) or url.startswith("/"):
        message = f"expected a path below the template's folder, got {show(url)}"
        yield Finding(template.document, path, message, "put the tree beside template.yaml, or write a whole URL")
    elif world.files is not None and not world.files.has(beside(template.document, url)):
        message = f"expected a file or folder beside the template, got {show(url)}, which is not there"
        yield Finding(template.document, path, message)


def _ways(template: Template, step: Step, given: dict[str, Any]) -> Iterator[Finding]:
    copied = [key for key in ("copyWithoutTemplating", "copyWithoutRender") if given.get(key)]
    if given.get("templateFileExtension"):
        for key in ("copyWithoutTemplating", "cookiecutterCompat"):
            if given.get(key) or (key == "copyWithoutTemplating" and isinstance(given.get(key), list)):
                message = f"expected no {key} beside templateFileExtension"
                hint = "leave it out: files without the extension are copied as they are"
                yield Finding(template.document, (*step.path, "input", key), message, hint, at_key=True)
    elif len(copied) > 1:
        message = "expected one of copyWithoutTemplating and copyWithoutRender, got both"
        yield Finding(template.document, (*step.path, "input", copied[1]), message, at_key=True)


RULE = Rule(
    code="BST318",
    title="what steps fetch",
    effect="fails",
    reason="The action stops the task where it finds nothing, would leave its workspace, or is told two ways at once.",
    fix="correct the path, which is relative to the template's file",
    good=TEMPLATE,
    bad=TEMPLATE.replace(
        "templateFileExtension: .jinja", "templateFileExtension: .jinja\n        cookiecutterCompat: true"
    ),
    document=each_template(_look),
    kinds=KINDS,
)
