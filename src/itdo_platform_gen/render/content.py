"""Content: the files of a repository from a blueprint's tree and values. Pure: nothing is read or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.content import line_mark
from itdo_platform_gen.blueprint.paths import path_fault
from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.render.bundle import File
from itdo_platform_gen.syntax.jinja import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from itdo_platform_gen.blueprint.content import ContentFile, ContentText

# Copier's own names, which its answers file asks for and which are empty for everybody else.
_COPIER = {"_commit": "", "_src_path": ""}


def render_tree(
    files: Iterable[ContentFile], values: Mapping[str, object], problems: list[Diagnostic]
) -> Iterator[tuple[str, File]]:
    """Give path and content of each file; what cannot be rendered is added to the problems.

    A file is left out where its name, or that of a folder around it, comes out empty.
    """
    names = {"values": values, "_copier_answers": _COPIER}
    taken: set[str] = set()
    for file in files:
        parts = [_rendered(part, names, problems) for part in file.path]
        if not all(parts):
            continue
        path = "/".join(part or "" for part in parts)
        fault = path_fault(path)
        if fault is None and path in taken:
            fault = (f'two files claim the path "{path}"', "give each a path of its own")
        if fault is not None:
            problems.append(Diagnostic("CNT003", fault[0], file.path[0].text.name, hint=fault[1]))
            continue
        taken.add(path)
        if isinstance(file.body, bytes):
            yield path, File(file.body, file.mode, link=file.link)
        else:
            content = _rendered(file.body, names, problems)
            if content is not None:
                yield path, File(content.encode("utf-8", "surrogatepass"), file.mode)


def _rendered(piece: ContentText, names: Mapping[str, object], problems: list[Diagnostic]) -> str | None:
    if piece.render is None:
        return piece.text.content
    try:
        return piece.render(names)
    except ContentError as error:
        problems.append(line_mark(piece.text, error.line).diagnose("CNT004", error.message))
        return None
