"""A default in the schema of a custom resource fits that schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.schema.custom import CustomDefinition, CustomKind
from itdo_platform_gen.schema.custom_reading import API_VERSION, KIND, read_crd
from itdo_platform_gen.schema.custom_structure import OBJECT_META, can_judge, draft_7
from itdo_platform_gen.schema.validator import Validator
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

    Schema = Mapping[str, Any]

_PLACE = "it"
_EITHER = "x-kubernetes-int-or-string"  # for which the server takes any default


def _find(document: Document, _: World) -> Iterator[Finding]:
    if document.api_version != API_VERSION:
        return
    definition = read_crd(document.data)
    if not isinstance(definition, CustomDefinition):
        return
    places = {text(version, "name"): index for index, version in mappings(document.data, "spec", "versions")}
    for kind in definition.kinds:
        root = ("spec", "versions", places[kind.api_version.partition("/")[2]], "schema", "openAPIV3Schema")
        for path, schema in _with_default(kind.schema):
            if fault := _fault(schema):
                place, message = fault
                yield Finding(document, (*root, *path, *place), message)


def _with_default(schema: Schema, path: Path = ()) -> Iterator[tuple[Path, Schema]]:
    if schema.get("default") is not None:
        yield path, schema
    for name, part in mapping(schema, "properties").items():
        yield from _with_default(part, (*path, "properties", name))
    if isinstance(schema.get("items"), dict):  # the server does not look at defaults below additionalProperties
        yield from _with_default(schema["items"], (*path, "items"))


def _fault(schema: Schema) -> tuple[Path, str] | None:
    """Give where a schema, or its default, is at fault, and how."""
    default = schema["default"]
    if _has_null(default) or not can_judge(schema) or _holds(schema, _EITHER):
        return None
    if schema.get("type") == "integer":
        for bound in ("minimum", "maximum"):
            value = schema.get(bound)
            if isinstance(value, float) and not value.is_integer():
                return (bound,), f"expected a whole number beside a default, got {show(value)}"
    kind = CustomKind("example.com/v1", "Example", {"type": "object", "properties": {_PLACE: schema}})
    judged = {**draft_7(kind)["properties"][_PLACE], "definitions": {OBJECT_META: {}}}
    violations = Validator(judged).explain(default)
    if not violations:
        return None
    return ("default", *violations[0].path), f"the default breaks its own schema: {violations[0].message}"


def _holds(schema: object, key: str) -> bool:
    if isinstance(schema, dict):
        return key in schema or any(_holds(part, key) for part in schema.values())
    return isinstance(schema, list) and any(_holds(part, key) for part in schema)


def _has_null(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_null, value.values()))
    return value is None or (isinstance(value, list) and any(map(_has_null, value)))


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
          type: object
          properties:
            spec: {type: object, properties: {floors: {type: integer, minimum: 1, maximum: 9, default: 1}}}
"""

RULE = Rule(
    code="K8S133",
    title="defaults of custom resources",
    effect="refused",
    reason="What the server fills in must be something it would take.",
    fix="give a default that the schema around it allows",
    good=_GOOD,
    bad=_GOOD.replace("default: 1", "default: 10"),
    document=_find,
    kinds=(KIND,),
)
