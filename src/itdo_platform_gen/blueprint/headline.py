"""Headline: what a list shows of a blueprint, read from the head of its file alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.syntax.source import read_text, shown

if TYPE_CHECKING:
    from pathlib import Path

    from itdo_platform_gen.diagnostics import Diagnostic

FILE = "blueprint.yaml"


@dataclass(frozen=True, slots=True)
class Headline:
    """A blueprint's name, which is its folder's, with version and title as far as they can be read."""

    name: str
    version: str
    title: str
    folder: Path


def headline(folder: Path) -> Headline:
    """Read the head of a blueprint's file; the whole is checked when it is loaded.

    Raises DiagnosticsError where the file cannot be read or is no YAML.
    """
    text = read_text(folder / FILE, shown(folder / FILE))
    # What stands below `spec:` takes most of the time to parse, and says nothing here.
    head = re.split(r"^spec:", text.content, maxsplit=1, flags=re.MULTILINE)[0]
    problems: list[Diagnostic] = []
    data = [to_data(document.node, problems) for document in compose(Text(text.name, head))]
    metadata = data[0].get("metadata") if data and isinstance(data[0], dict) else None
    known = metadata if isinstance(metadata, dict) else {}
    return Headline(folder.name, str(known.get("version", "")), str(known.get("title", "")), folder)
