"""Variables are named so that they are found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.portal import files_of
from itdo_platform_gen.checks.appconfig.substitution import substitutions, without
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World

# Kubernetes gives containers variables of these names, shells only those without dots and dashes.
_NAME = re.compile(r"[A-Za-z_.-][\w.-]*", re.ASCII)
_OTHER_FALLBACK = re.compile(r"([A-Za-z_]\w*)\s*(?::=|:\?|:\+|:|=|\|\|?|\?\?)\s*(.*)", re.ASCII | re.DOTALL)
_OTHER_FORM = re.compile(r"\$([A-Z][A-Z0-9_]+)|\$\(([A-Za-z_]\w*)\)|%([A-Z][A-Z0-9_]+)%", re.ASCII)


def _find(world: World) -> Iterator[Finding]:
    for file, content in files_of(world.portals):
        for path, value in leaves(content.data):
            if isinstance(value, str):
                for message, hint in _faults(value):
                    yield Finding(file, path, message, hint)
            if isinstance(value, dict):
                for key in value:
                    if substitutions(str(key)):
                        yield Finding(file, (*path, key), f"a key takes in no variable, got {key}", at_key=True)


def _faults(text: str) -> Iterator[tuple[str, str | None]]:
    rest = without(text)
    if "${" in rest:
        opened = rest[rest.index("${") :].partition("\n")[0][:40]
        yield f"expected ${{NAME}} on one level, closed by }}, got {opened}", None
    for used in substitutions(text):
        if not _NAME.fullmatch(used.name):
            other = _OTHER_FALLBACK.fullmatch(used.name)
            hint = f"write ${{{other[1]}:-{other[2]}}}" if other else None
            yield f"expected the name of a variable, got {used.written}", hint
    whole = _OTHER_FORM.fullmatch(text)
    if whole:
        name = whole[1] or whole[2] or whole[3]
        yield f"expected ${{{name}}}, got {text}, which is taken as it stands", f"write ${{{name}}}"


_GOOD = portal("""\
integrations:
  github:
    - host: github.com
      token: ${GITHUB_TOKEN:-none}
""")

RULE = Rule(
    code="BST101",
    title="variables in app-config.yaml",
    effect="fails",
    reason="What is no ${NAME} stays as it stands, and a value whose variable is not found is left out without a word.",
    fix="write ${NAME}, ${NAME:-text for where it is missing}, or $${NAME} for the text itself",
    good=_GOOD,
    bad=_GOOD.replace("TOKEN:-none", "TOKEN:none"),
    world=_find,
)
