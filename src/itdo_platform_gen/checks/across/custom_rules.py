"""Validation rules of CRDs, evaluated as the server does when a resource is created."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.cel import Failed, NotEvaluatedError, evaluate
from itdo_platform_gen.checks.custom import RULES, custom_documents, has_rules, places, typed
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.schema.custom_structure import can_judge
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.custom import Schema
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_OLD = re.compile(r"\boldSelf\b")
_STRINGS = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_STEP = re.compile(r"\.([^.\[\]]+)|\['([^']*)'\]|\[([0-9]+)\]")


def judged(world: World) -> Iterator[tuple[Finding, bool]]:
    """Give a finding for each rule that is broken, and for each that cannot be evaluated; the flag tells which."""
    for document, whole, data in custom_documents(world):
        if has_rules(whole):
            for path, schema, value in places(whole, data):
                yield from _at(document, path, schema, value)


def _at(document: Document, path: Path, schema: Schema, value: Any) -> Iterator[tuple[Finding, bool]]:
    if isinstance(value, str) and not can_judge(schema):
        pattern = str(schema["pattern"])
        try:  # CEL reads patterns as Go does
            if evaluate("self.text.matches(self.pattern)", {"text": value, "pattern": pattern}) is not True:
                yield Finding(document, path, f"expected text matching {pattern}, got {show(value)}"), True
        except NotEvaluatedError as error:
            yield Finding(document, path, f"not evaluated: pattern {pattern} ({error})"), False
    for rule in schema.get(RULES, ()):
        try:
            message = _broken(rule, typed(schema, value, path))
        except NotEvaluatedError as error:
            text = str(rule.get("message") or rule.get("rule"))
            yield Finding(document, path, f"not evaluated: {text} ({error})"), False
        else:
            if message is not None:
                yield Finding(document, (*path, *_field(rule)), message), True


def _broken(rule: dict[str, Any], self: Any) -> str | None:
    """Give the message of a rule that data breaks, None where it holds or speaks of an earlier state only."""
    expression = str(rule.get("rule", ""))
    if _OLD.search(_STRINGS.sub("", expression)):
        if not rule.get("optionalOldSelf"):
            return None  # a transition rule, which is for updates
        expression = f"cel.bind(oldSelf, optional.none(), {expression})"
    result = evaluate(expression, self)
    if isinstance(result, Failed):
        return f"the rule {expression} comes to an error: {result.reason}"
    if result is True:
        return None
    return _message(rule, self)


def _message(rule: dict[str, Any], self: Any) -> str:
    if rule.get("messageExpression"):
        try:
            made = evaluate(str(rule["messageExpression"]), self)
        except NotEvaluatedError:
            made = None
        if isinstance(made, str) and made.strip() and "\n" not in made:
            return made
    return str(rule.get("message") or f"failed rule: {rule.get('rule')}").strip()


def _field(rule: dict[str, Any]) -> Path:
    """Give the path that a rule's fieldPath names, below the place that has the rule."""
    steps = _STEP.findall(str(rule.get("fieldPath", "")))
    return tuple(int(index) if index else name or quoted for name, quoted, index in steps)


_CRD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ovens.shop.example.com}
spec:
  group: shop.example.com
  names: {kind: Oven, plural: ovens, singular: oven, listKind: OvenList}
  scope: Namespaced
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
              properties: {least: {type: integer}, most: {type: integer}}
              x-kubernetes-validations:
                - {rule: self.least <= self.most, message: least is more than most}
---
apiVersion: shop.example.com/v1
kind: Oven
metadata: {name: bread, namespace: dev}
"""


def _find(world: World) -> Iterator[Finding]:
    yield from (finding for finding, broken in judged(world) if broken)


RULE = Rule(
    code="K8S131",
    title="validation rules of CRDs",
    effect="refused",
    reason="A CRD carries rules in CEL, x-kubernetes-validations, and the server refuses what breaks one.",
    fix="change the values the rule speaks of; `platform-gen schema show` prints it",
    good=_CRD + "spec: {least: 60, most: 250}\n",
    bad=_CRD + "spec: {least: 260, most: 250}\n",
    world=_find,
)
