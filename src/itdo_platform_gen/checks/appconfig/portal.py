"""Portals: the app-config files that are read together, merged as Backstage merges them.

`app-config.yaml` is read under each of the other files of its folder, `app-config.production.yaml` or
`app-config.local.yaml`, and alone for what is wrong without them. Of mappings the keys are joined, everything else is
replaced as a whole, and null takes a value away (`@backstage/config` 1.3.9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from itdo_platform_gen.checks.appconfig.file import BASE, base_name, is_app_config, is_app_config_name
from itdo_platform_gen.checks.appconfig.inclusion import Including, inclusion_of
from itdo_platform_gen.checks.files import folder_of
from itdo_platform_gen.checks.reading import at
from itdo_platform_gen.checks.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from itdo_platform_gen.checks.files import Files
    from itdo_platform_gen.diagnostics import Effect, Severity
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_LOCAL = re.compile(r"(app-config\.[\w-]+)\.local\.ya?ml")


class Content(NamedTuple):
    """What a file says with what it includes in place, and where what it includes cannot be read, and why."""

    data: Any
    faults: tuple[tuple[Path, str], ...] = ()


@dataclass(frozen=True)
class Portal:
    """The files of one portal, a later one before an earlier one."""

    files: tuple[Document, ...]
    contents: tuple[Content, ...]
    """What each says, with what it includes in place."""
    is_whole: bool = True
    """Whether all is there that it needs to be started: if not, nobody can say what is missing."""

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the files say together."""
        merged: Any = {}
        for content in self.contents:
            merged = _merged(content.data, merged)
        return merged if isinstance(merged, dict) else {}

    @property
    def is_production(self) -> bool:
        """Whether it is a portal that others than its makers use, by the name of its last file."""
        return "prod" in base_name(self.files[-1].file)

    def owner(self, path: Path) -> Document:
        """Give the file that a value comes from, or the mapping in which it is missing."""
        for end in range(len(path), -1, -1):
            for file, content in zip(reversed(self.files), reversed(self.contents), strict=True):
                if end == 0 or _has(content.data, path[:end]):
                    return file
        return self.files[-1]

    def find(  # noqa: PLR0913  what a finding has
        self,
        path: Path,
        message: str,
        hint: str | None = None,
        *,
        effect: Effect | None = None,
        severity: Severity | None = None,
        at_key: bool = False,
        concealed: bool = False,
    ) -> Finding:
        """Make a finding about a value of the merged data, in the file that it comes from."""
        if effect is not None and severity is None:
            severity = "warning" if effect == "advice" else "error"
        return Finding(self.owner(path), path, message, hint, effect, severity, at_key, concealed)


def portals_in(documents: Iterable[Document], around: Files | None = None) -> Iterator[Portal]:
    """Give the portals among documents, which lie in a tree of files."""
    read: dict[int, Content] = {}

    def together(*files: Document | None, is_whole: bool = True) -> Portal:
        there = tuple(file for file in files if file is not None)
        for file in there:
            if id(file) not in read:
                read[id(file)] = _content(file, around)
        return Portal(there, tuple(read[id(file)] for file in there), is_whole)

    folders: dict[str, dict[str, Document]] = {}
    for document in documents:
        if not is_app_config(document):
            continue
        if is_app_config_name(document.file):
            folder, _, name = document.file.replace("\\", "/").rpartition("/")
            folders.setdefault(folder, {}).setdefault(name, document)
        else:
            yield together(document)
    for files in folders.values():
        base = files.pop(BASE, None)
        if base is not None:
            yield together(base, is_whole=not files)  # what it lacks, each of the others may have
        for name, document in sorted(files.items()):
            below = _LOCAL.fullmatch(name)
            shared = files.get(f"{below[1]}.yaml") if below else None
            yield together(base, shared, document, is_whole=base is not None)


def _content(file: Document, around: Files | None) -> Content:
    if around is None:
        return Content(file.data)
    including = Including(around, folder_of(file))
    return Content(including.within(file.data), tuple(including.faults))


def _has(data: object, path: Path) -> bool:
    last = path[-1]
    holder = at(data, *path[:-1])
    if isinstance(holder, dict):
        return last in holder
    return isinstance(holder, list) and isinstance(last, int) and last < len(holder)


def _merged(above: Any, below: Any) -> Any:
    """Lay one value over another; None where nothing is left."""
    if not isinstance(above, dict) or inclusion_of(above):
        return above
    under = below if isinstance(below, dict) and not inclusion_of(below) else {}
    joined = {key: _merged(above[key], under.get(key)) if key in above else under[key] for key in {**under, **above}}
    return {key: value for key, value in joined.items() if value is not None}


def files_of(portals: Iterable[Portal]) -> list[tuple[Document, Content]]:
    """Give each file of some portals once, with what it says."""
    pairs = (pair for portal in portals for pair in zip(portal.files, portal.contents, strict=True))
    return list({id(file): (file, content) for file, content in pairs}.values())
