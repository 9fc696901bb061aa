"""Inline: an expression over `values` written as one over the names that another engine knows them by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.syntax.jinja import content_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping


_LOOKUP = re.compile(r"[\w.]+")


def inlined(source: str, known: Mapping[str, str]) -> str:
    """Put the expressions known for `values.NAME` into their places."""
    tokens = [(sort, text) for _, sort, text in content_tokens(f"${{{{ {source} }}}}")][1:-1]
    written: list[str] = []
    position = 0
    while position < len(tokens):
        name, behind = _value_at(tokens, position)
        if name is None:
            written.append(tokens[position][1])
            position += 1
        else:
            written.append(known[name] if _LOOKUP.fullmatch(known[name]) else f"({known[name]})")
            position = behind
    return "".join(written).strip()


def _value_at(tokens: list[tuple[str, str]], position: int) -> tuple[str | None, int]:
    """Give the name in `values.NAME` or `values['NAME']` that starts at a token, and what is behind it."""
    if tokens[position] != ("name", "values") or _before(tokens, position) == ".":
        return None, position
    found: list[str] = []
    for index in range(position + 1, len(tokens)):
        sort, text = tokens[index]
        if sort != "whitespace":
            found.append(text)
            if found[0] == "." and len(found) == 2:  # noqa: PLR2004
                return text, index + 1
            if found[0] == "[" and len(found) == 3:  # noqa: PLR2004
                return found[1][1:-1], index + 1
            if found[0] not in {".", "["}:
                break
    return None, position


def _before(tokens: list[tuple[str, str]], position: int) -> str:
    return next((text for sort, text in reversed(tokens[:position]) if sort != "whitespace"), "")
