"""Placeholders name files that can be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.files import beside
from itdo_platform_gen.checks.git_files import repository_of
from itdo_platform_gen.checks.group import is_entity
from itdo_platform_gen.checks.parsed import UnknownError, UnreadableError, json_in, yaml_in
from itdo_platform_gen.checks.placeholders import PLACEHOLDERS, is_placeholder
from itdo_platform_gen.checks.reading import mapping, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import nearest, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.files import Files
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def _find(document: Document, world: World) -> Iterator[Finding]:
    if is_entity(document):
        for path, value in _placed(document.data, ()):
            yield from _placeholder(document, world, path, value)


def _placed(data: object, path: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    """Give each mapping that has one key, which starts with $."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _placed(item, (*path, index))
    elif isinstance(data, dict):
        if len(data) == 1 and next(iter(data)).startswith("$"):
            yield path, data
        elif not any(key.startswith("$") for key in data):
            for key, value in data.items():
                yield from _placed(value, (*path, key))


def _placeholder(document: Document, world: World, path: Path, value: dict[str, object]) -> Iterator[Finding]:
    [(key, target)] = value.items()
    place = (*path, key)
    if not is_placeholder(value):
        near = nearest(key, PLACEHOLDERS)
        if near is not None:
            message = f"unknown placeholder {key}, which stays as it is"
            yield Finding(document, place, message, suggest(key, PLACEHOLDERS), effect="fails", at_key=True)
    elif not isinstance(target, str):
        yield Finding(document, place, f"expected a path or URL, got {show(target)}")
    elif _URL.match(target):
        yield from _elsewhere(document, place, target)
    elif target and not target.startswith("/") and world.files is not None:
        yield from _file(document, world.files, place, key, target)


def _elsewhere(document: Document, place: Path, target: str) -> Iterator[Finding]:
    repository = repository_of(target)
    if repository is not None and repository.partition("/")[2] not in _repositories(document):
        # Offline nobody knows which repository the entity's own file is in, hence no error.
        message = f"the catalog reads {show(target)} only for an entity whose own file is in {repository} too"
        hint = "write a path relative to this file, and keep what it names in this repository"
        yield Finding(document, place, message, hint, severity="warning")


def _repositories(document: Document) -> list[str]:
    annotations = mapping(document.data, "metadata", "annotations")
    return [text(annotations, f"{forge}/project-slug") or "" for forge in ("github.com", "gitlab.com")]


def _file(document: Document, files: Files, place: Path, key: str, target: str) -> Iterator[Finding]:
    file = beside(document, target)
    if file.startswith(".."):
        return
    content = files.text(file)
    if not files.has(file):
        hint = suggest(target, _siblings(files, file))
        yield Finding(document, place, f"expected a file, got {show(target)}, which is not there", hint)
    elif content is not None and (fault := _fault(key, content)):
        yield Finding(document, place, f"{show(target)} cannot be read: {fault}", "correct the file, or write $text")


def _fault(key: str, content: str) -> str | None:
    try:
        if key == "$json":
            json_in(content)
        elif key == "$yaml" and (count := len(yaml_in(content))) != 1:
            return f"expected one document, got {count}"
    except UnreadableError as error:
        return str(error)
    except UnknownError:
        return None
    return None


def _siblings(files: Files, file: str) -> list[str]:
    folder = file.rpartition("/")[0] or "."
    found = files.below(folder)
    return [f"./{path.removeprefix(folder + '/')}" for path in found if not path.endswith("catalog-info.yaml")]


_GOOD = """\
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: orders}
spec:
  type: openapi
  lifecycle: production
  owner: platform
  definition: {$text: ./openapi.yaml}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: platform}
spec: {type: team, children: []}
"""

RULE = Rule(
    code="BST217",
    title="placeholders",
    effect="refused",
    reason="The catalog puts what the file holds in place of the placeholder, and takes no entity for which it cannot.",
    fix="write the path of a file, relative to that of the entity",
    good=_GOOD,
    bad=_GOOD.replace("./openapi.yaml", "./openapi.yml"),
    document=_find,
    files={"openapi.yaml": "openapi: 3.1.0\n"},
)
