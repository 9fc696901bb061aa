"""The definition of an API is one, of the type that the entity says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import GROUP, each_entity
from itdo_platform_gen.checks.reading import text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.syntax.node import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.render.document import Document

_KEYS = {"openapi": ("openapi", "swagger"), "asyncapi": ("asyncapi",)}
_WORDS = {
    "graphql": re.compile(r"\b(type|schema|interface|input|enum|scalar|extend|union|directive)\b"),
    "grpc": re.compile(r"\b(service|message|syntax)\b"),
}
_PATH = ("spec", "definition")


def _look(document: Document) -> Iterator[Finding]:
    definition, sort = text(document.data, *_PATH), text(document.data, "spec", "type")
    if not definition:
        return
    if not definition.strip():
        yield Finding(document, _PATH, "expected a definition, got nothing but white space")
    elif sort in _KEYS and not _has_key(definition, _KEYS[sort]):
        expected = " or ".join(f"{key}:" for key in _KEYS[sort])
        hint = f"write $text: {definition.strip()}" if _is_path(definition) else None
        yield Finding(document, _PATH, f"expected the definition of an API with {expected} at its top, got none", hint)
    elif sort in _WORDS and not _WORDS[sort].search(definition):
        hint = f"write $text: {definition.strip()}" if _is_path(definition) else None
        yield Finding(document, _PATH, f"expected a definition in the language of {sort}, got none", hint)


def _is_path(definition: str) -> bool:
    return "\n" not in definition.strip() and ("/" in definition or "." in definition) and " " not in definition.strip()


def _has_key(definition: str, keys: tuple[str, ...]) -> bool:
    try:
        documents = compose(Text("definition", definition))
    except DiagnosticsError:
        return False
    node = documents[0].node if documents else None
    return isinstance(node, Mapping) and any(node.get(key) is not None for key in keys)


_GOOD = f"""\
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {{name: orders}}
spec:
  type: openapi
  lifecycle: production
  owner: platform
  definition: |
    openapi: 3.1.0
    info: {{title: Orders, version: 1.0.0}}
    paths: {{}}
---
{GROUP}"""

RULE = Rule(
    code="BST219",
    title="definitions of APIs",
    effect="fails",
    reason="The portal shows an error in place of the API's documentation.",
    fix="write the definition itself, or $text: with the path of its file",
    good=_GOOD,
    bad=_GOOD.replace("openapi: 3.1.0", "openaip: 3.1.0"),
    document=each_entity(_look),
    kinds=("API",),
)
