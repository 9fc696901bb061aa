"""The versions of a custom resource are converted by someone, and selected by fields that they have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at, items, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

    Faults: TypeAlias = Iterator[tuple[Path, str]]

_REVIEWS = ("v1", "v1beta1")
_SIMPLE = re.compile(r"(\.[A-Za-z_]\w*)+")
_SELECTED = ("boolean", "integer", "string")
_MOST_FIELDS = 8


def _find(document: Document, _: World) -> Iterator[Finding]:
    if is_builtin(document):
        for path, message in (*_conversion(document.data), *_selectable(document.data)):
            yield Finding(document, ("spec", *path), message)


def _conversion(data: object) -> Faults:
    conversion = mapping(data, "spec", "conversion")
    strategy, webhook = text(conversion, "strategy"), conversion.get("webhook")
    if strategy == "None" and webhook:
        yield ("conversion", "webhook"), "expected no webhook for the strategy None, got one"
    elif strategy == "Webhook" and webhook is None:
        yield ("conversion",), "expected webhook for the strategy Webhook, got none"
    elif strategy == "Webhook":
        place = ("conversion", "webhook", "conversionReviewVersions")
        versions = items(webhook, "conversionReviewVersions")
        if versions and not any(version in _REVIEWS for version in versions):
            yield place, f"expected {' or '.join(_REVIEWS)} among them, got {show(versions)}"
        for index, version in enumerate(versions):
            if version in versions[:index]:
                yield (*place, index), f"expected each version once, got {show(version)} again"


def _selectable(data: object) -> Faults:
    for number, version in mappings(data, "spec", "versions"):
        place = ("versions", number, "selectableFields")
        if len(items(version, "selectableFields")) > _MOST_FIELDS:
            yield place, f"expected at most {_MOST_FIELDS}, got {len(items(version, 'selectableFields'))}"
        seen: set[str] = set()
        for index, field in mappings(version, "selectableFields"):
            path = text(field, "jsonPath")
            if fault := _fault(path, at(version, "schema", "openAPIV3Schema"), seen):
                yield (*place, index, "jsonPath"), fault
            seen.add(path)


def _fault(path: str, schema: object, seen: set[str]) -> str | None:
    if not path:
        return None  # the schema says so
    if not path.startswith((".", "[")):
        return f"expected .{path}, got {path}"
    if path in seen:
        return f"expected each field once, got {path} again"
    if not _SIMPLE.fullmatch(path):
        return None
    for step in path.split(".")[1:]:
        schema = at(schema, "properties", step)
        if not isinstance(schema, dict):
            return f"expected a field that the schema has, got {path}"
    kind = at(schema, "type")
    return None if kind in _SELECTED else f"expected a field that is {', '.join(_SELECTED)}, got {show(kind)}"


_GOOD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: shops, singular: shop, kind: Shop}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          {type: object, properties: {spec: {type: object, properties: {town: {type: string}}}}}
      selectableFields: [{jsonPath: .spec.town}]
"""

RULE = Rule(
    code="K8S136",
    title="conversion and selection of custom resources",
    effect="refused",
    reason="A webhook converts only where the strategy says so, and objects are selected by single values.",
    fix="give strategy: Webhook its webhook, and select by fields of the schema that are text, numbers or flags",
    good=_GOOD,
    bad=_GOOD.replace("jsonPath: .spec.town", "jsonPath: .spec.city"),
    document=_find,
    kinds=("CustomResourceDefinition",),
)
