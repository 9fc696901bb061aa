"""The validation rules in the schema of a custom resource compile, and speak of fields that it has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.cel_types import code_of, judge
from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

    Schema: TypeAlias = dict[str, Any]
    Fault: TypeAlias = tuple[str, str | None]

_RULES = "x-kubernetes-validations"
_OBJECT_META = {"type": "object", "x-kubernetes-int-or-string": True}  # whose fields are not looked at here
_OF_RESOURCES = {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": _OBJECT_META}
_CHAIN = re.compile(r"(?<![\w.?])(self|oldSelf)((?:\s*\.\s*[A-Za-z_]\w*)*)(\s*\()?")
_OLD = re.compile(r"\boldSelf\b")
_TYPES = {"boolean": "bool", "integer": "int", "number": "double", "string": "string"}
_READ_OTHERWISE = frozenset({"byte", "date", "date-time", "datetime", "duration"})
_KEYS = ("rule", "bool"), ("messageExpression", "string")
_DEEPEST = 60


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    for index, version in mappings(document.data, "spec", "versions"):
        root = at(version, "schema", "openAPIV3Schema")
        if isinstance(root, dict):
            place = ("spec", "versions", index, "schema", "openAPIV3Schema")
            for path, schema in _with_rules(root, place, 0):
                for number, rule in mappings(schema, _RULES):
                    for inner, message, hint in _faults(rule, schema, is_root=path == place):
                        yield Finding(document, (*path, _RULES, number, *inner), message, hint)


def _faults(rule: Schema, schema: Schema, *, is_root: bool) -> Iterator[tuple[Path, str, str | None]]:
    for key, result in _KEYS:
        if fault := _fault(text(rule, key), schema, result, is_root=is_root):
            yield (key,), *fault
    yield from _beside(rule)


def _beside(rule: Schema) -> Iterator[tuple[Path, str, str]]:
    """Give what is wrong with a rule other than its expressions."""
    expression = text(rule, "rule")
    if "\n" in expression.strip() and not rule.get("message"):
        yield (), "expected a message beside a rule of several lines, got none", "say in message what is wrong"
    if rule.get("optionalOldSelf") is True and not _OLD.search(code_of(expression)):
        hint = "leave optionalOldSelf out, or compare with oldSelf"
        yield ("optionalOldSelf",), "expected it only where the rule uses oldSelf, got true", hint


def _with_rules(schema: Schema, path: Path, depth: int) -> Iterator[tuple[Path, Schema]]:
    if depth > _DEEPEST:
        return
    if schema.get(_RULES):
        yield path, schema
    inner = [(("properties", name), part) for name, part in mapping(schema, "properties").items()]
    for place, part in (*inner, *(((key,), schema.get(key)) for key in ("items", "additionalProperties"))):
        if isinstance(part, dict):
            yield from _with_rules(part, (*path, *place), depth + 1)


def _fault(expression: str, schema: Schema, result: str, *, is_root: bool) -> Fault | None:
    """Give the message and hint of what is wrong with an expression."""
    if not expression.strip():
        return None
    if is_root:
        schema = {**schema, "properties": {**_OF_RESOURCES, **mapping(schema, "properties")}}
    names: dict[str, str | None] = {"oldSelf": _type(schema), "self": _type(schema)}
    for root, chain, call in _CHAIN.findall(code_of(expression)):
        steps = [step.strip() for step in chain.split(".")[1:]]
        if call:
            steps = steps[:-1]
        place: Schema | None = schema
        for number, step in enumerate(steps):
            known = _fields(place)
            if known is None or step.startswith("__"):  # an escaped name
                break
            if step not in known:
                return f"expected a field that the schema has, got {step}", suggest(step, list(known))
            place = known[step] if isinstance(known[step], dict) else None
            names[".".join((root, *steps[: number + 1]))] = _type(place)
    return _told(judge(expression, names, (result,))[1])


def _told(message: str | None) -> Fault | None:
    return (message, None) if message else None


def _fields(schema: Schema | None) -> Schema | None:
    """Give the fields that an expression may name below a place, None where that cannot be told."""
    if schema is None or schema.get("type") != "object" or schema.get("x-kubernetes-int-or-string"):
        return None
    if schema.get("additionalProperties") is not None or not _is_fields(schema.get("properties")):
        return None
    fields = mapping(schema, "properties")
    if any(not re.fullmatch(r"[A-Za-z]\w*", str(name)) or "__" in str(name) for name in fields):
        return None  # they have other names in expressions
    return {**_OF_RESOURCES, **fields} if schema.get("x-kubernetes-embedded-resource") else fields


def _is_fields(properties: object) -> bool:
    return properties is None or isinstance(properties, dict)


def _type(schema: Schema | None) -> str | None:
    if schema is None or schema.get("nullable") or schema.get("x-kubernetes-int-or-string"):
        return None
    kind = schema.get("type")
    if kind == "array":
        inner = schema.get("items")
        of = _type(inner) if isinstance(inner, dict) else None
        return f"list({of})" if of in _TYPES.values() else None
    if kind == "string" and schema.get("format") in _READ_OTHERWISE:
        return None
    return _TYPES.get(kind) if isinstance(kind, str) else None


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
            spec:
              type: object
              properties: {floors: {type: integer}}
              x-kubernetes-validations: [{rule: self.floors < 9, message: too high}]
"""

RULE = Rule(
    code="K8S134",
    title="expressions of custom resources",
    effect="refused",
    reason="The server compiles validation rules when it stores them, with the types of the schema around them.",
    fix="correct the expression: self is the value at this place of the schema",
    good=_GOOD,
    bad=_GOOD.replace("self.floors", "self.floor"),
    document=_find,
    kinds=("CustomResourceDefinition",),
)
