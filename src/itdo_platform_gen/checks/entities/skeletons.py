"""Skeletons: the trees of files that steps of a template render, as far as they lie beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.entities.expressions import FUNCTIONS, read_expression
from itdo_platform_gen.checks.files import beside
from itdo_platform_gen.checks.reading import items, text
from itdo_platform_gen.syntax.hole import Hole, UnclosedHoleError, split_holes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from itdo_platform_gen.checks.entities.template import Step, Template
    from itdo_platform_gen.checks.world import World

_TAG = re.compile(r"\{%(.*?)%\}", re.DOTALL)
_TEXT = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_VALUE = re.compile(r"(?<![\w.])values(?:\.([A-Za-z_]\w*)|\[(['\"])([^'\"]+)\2\])")
_OWN = re.compile(r"\{%-?\s*(?:set|for|macro|import|from)\b([^%]*?)(?:\bin\b|=|%\})")
_WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The tree of one step: the folder, and the files in it that are rendered, with their texts."""

    step: Step
    folder: str
    texts: tuple[tuple[str, str], ...]
    """Path and text of each file that is rendered; the paths of all are."""
    names: tuple[str, ...]
    """The paths of all files, from the folder on."""

    @property
    def takes_every_file(self) -> bool:
        """Whether files are rendered whatever they are called."""
        return not self.step.data.get("input", {}).get("templateFileExtension")


def skeletons_of(template: Template, world: World) -> Iterator[Skeleton]:
    """Give the tree of each step that renders one beside the template."""
    if world.files is None:
        return
    for step in template.steps:
        given = step.data.get("input")
        if step.action != "fetch:template" or not isinstance(given, dict):
            continue
        url = text(given, "url")
        if not url.startswith(".") or "${{" in url:
            continue
        folder = beside(template.document, url)
        paths = world.files.below(folder)
        if paths:
            names = [path.removeprefix(f"{folder}/") for path in paths]
            rendered = [name for name in names if _is_rendered(name, given)]
            found = ((name, world.files.text(f"{folder}/{name}")) for name in rendered)
            texts = tuple((name, content) for name, content in found if content is not None)
            yield Skeleton(step, folder, texts, tuple(names))


def is_skeleton(name: str, templates: Iterable[Template]) -> bool:
    """Tell whether a file is one that a template renders, and so no document before that."""
    for template in templates:
        for step in template.steps:
            given = step.data.get("input")
            if step.action != "fetch:template" or not isinstance(given, dict):
                continue
            url = text(given, "url")
            folder = beside(template.document, url)
            if url.startswith(".") and name.startswith(f"{folder}/"):
                return _is_rendered(name.removeprefix(f"{folder}/"), given)
    return False


def _is_rendered(name: str, given: dict[str, Any]) -> bool:
    extension = given.get("templateFileExtension")
    if extension:
        return name.endswith(".njk" if extension is True else str(extension))
    patterns = [*items(given, "copyWithoutTemplating"), *items(given, "copyWithoutRender")]
    return not any(isinstance(pattern, str) and fnmatchcase(name, pattern) for pattern in patterns)


def values_in(content: str) -> Iterator[tuple[str, int]]:
    """Give the values that a text reads, with the line of each, from 1."""
    for start, inside in _expressions(content):
        texts = [text.span() for text in _TEXT.finditer(inside)]
        for found in _VALUE.finditer(inside):
            if any(first <= found.start() < last for first, last in texts):
                continue
            yield found[1] or found[3], content.count("\n", 0, start + found.start()) + 1


def foreign_in(content: str) -> Iterator[tuple[str, int]]:
    """Give the expressions that look up something else than values, such as those of GitHub, with their lines."""
    own = {"values", "loop", "item", *FUNCTIONS}
    own |= {word for found in _OWN.finditer(content) for word in _WORD.findall(found[1])}
    for start, inside in _expressions(content):
        if content.startswith("{%", start):
            continue
        reading = read_expression(inside.strip())
        roots = {read.root for read in reading.reads if str(read) not in reading.guarded}
        if reading.fault is None and roots - own and not roots & own:
            yield inside.strip(), content.count("\n", 0, start) + 1


def faults_in(content: str) -> Iterator[tuple[str, str | None, int]]:
    """Give what keeps a text from being rendered, with the way out and the line."""
    own = {word for found in _OWN.finditer(content) for word in _WORD.findall(found[1])}
    for start, inside in _expressions(content):
        if content.startswith("{%", start):
            continue
        reading, line = read_expression(inside.strip()), content.count("\n", 0, start) + 1
        if reading.fault is not None and not any(f" {name}()" in reading.fault for name in own):
            yield f"{reading.fault}: {inside.strip()}", reading.hint, line


def _expressions(content: str) -> Iterator[tuple[int, str]]:
    """Give what stands in holes and tags, with where it starts."""
    try:
        parts = split_holes(content)
    except UnclosedHoleError:
        return
    for part in parts:
        if isinstance(part, Hole):
            yield part.start, part.source
    for tag in _TAG.finditer(content):
        yield tag.start(), tag[1]
