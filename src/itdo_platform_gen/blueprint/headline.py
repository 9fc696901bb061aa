"""Headline: what a list shows of a blueprint, read from the head of its file alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.mark import Text

FILE = "blueprint.yaml"
NAME = r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?"
"""What a blueprint, and so its folder, may be named."""

_LARGEST_HEAD = 4096
# A key of `metadata:` with a value that every YAML reader takes for the same text.
_PLAIN = re.compile(
    r"^  (version|title): (?:([A-Za-z0-9][\w ()/.,-]*[\w)])|\"([\w ()/.,-]+)\")$", re.MULTILINE | re.ASCII
)


@dataclass(frozen=True, slots=True)
class Headline:
    """A blueprint's name, which is its folder's, with version and title as far as they can be read."""

    name: str
    version: str
    title: str
    folder: Path


def headline(folder: Path) -> Headline:
    """Read the head of a blueprint's file; the whole is checked when it is loaded.

    A head as people write it is read without a YAML parser, whose import alone takes longer than the rest of a list.

    Raises DiagnosticsError where the file cannot be read or is no YAML.
    """
    try:
        with (folder / FILE).open(encoding="utf-8") as file:
            head = file.read(_LARGEST_HEAD).partition("\nspec:")[0]
    except (OSError, ValueError):
        head = ""
    found = {key: plain or quoted for key, plain, quoted in _PLAIN.findall(head)}
    if len(found) < 2 or head.count("\nmetadata:\n") != 1:  # noqa: PLR2004  version and title
        found = _parsed(folder)
    return Headline(folder.name, found.get("version", ""), found.get("title", ""), folder)


def _parsed(folder: Path) -> dict[str, str]:
    from itdo_platform_gen.syntax.compose import compose  # noqa: PLC0415  see headline
    from itdo_platform_gen.syntax.data import to_data  # noqa: PLC0415
    from itdo_platform_gen.syntax.source import read_text, shown  # noqa: PLC0415

    text: Text = read_text(folder / FILE, shown(folder / FILE))
    problems: list[Diagnostic] = []
    data = [to_data(document.node, problems) for document in compose(text)]
    metadata = data[0].get("metadata") if data and isinstance(data[0], dict) else None
    known = metadata.items() if isinstance(metadata, dict) else ()
    return {key: str(value) for key, value in known if value is not None}
