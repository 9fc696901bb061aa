"""The expressions of webhooks and admission policies compile, and come to what is asked of them."""

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
    from typing import TypeAlias

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

    Names: TypeAlias = dict[str, str | None]
    Faults: TypeAlias = Iterator[tuple[Path, str, str | None]]

_GIVEN = ("authorizer", "namespaceObject", "object", "oldObject", "request")
_VARIABLE = re.compile(r"\bvariables\s*\.\s*\??\s*([A-Za-z_]\w*)")
_NAME = re.compile(r"[A-Za-z_]\w*")
# What a list of a policy holds expressions under, and what they come to.
_LISTS = (
    ("validations", "expression", ("bool",)),
    ("validations", "messageExpression", ("string",)),
    ("auditAnnotations", "valueExpression", ("string", "null")),
)


def _find(document: Document, _: World) -> Iterator[Finding]:
    if is_builtin(document):
        faults = _policy if document.kind == "ValidatingAdmissionPolicy" else _webhooks
        for path, message, hint in faults(document.data):
            yield Finding(document, path, message, hint)


def _webhooks(data: object) -> Faults:
    for index, webhook in mappings(data, "webhooks"):
        yield from _conditions(webhook, ("webhooks", index), dict.fromkeys(_GIVEN))


def _policy(data: object) -> Faults:
    spec = mapping(data, "spec")
    names: Names = dict.fromkeys(_GIVEN if at(spec, "paramKind") is None else (*_GIVEN, "params"))
    yield from _conditions(spec, ("spec",), names)
    if any(text(variable, "name") for _, variable in mappings(spec, "variables")):
        names["variables"] = None
    for index, variable in mappings(spec, "variables"):
        kind, fault = _judged(text(variable, "expression"), names, ())
        if fault:
            yield ("spec", "variables", index, "expression"), *fault
        if _NAME.fullmatch(text(variable, "name")):
            names[f"variables.{variable['name']}"] = kind or ("dyn" if fault is None else None)
    for field, key, results in _LISTS:
        for index, item in mappings(spec, field):
            _, fault = _judged(text(item, key), names, results)
            if fault:
                yield ("spec", field, index, key), *fault


def _conditions(holder: object, place: Path, names: Names) -> Faults:
    for index, condition in mappings(holder, "matchConditions"):
        _, fault = _judged(text(condition, "expression"), names, ("bool",))
        if fault:
            yield (*place, "matchConditions", index, "expression"), *fault


def _judged(
    expression: str, names: Names, results: tuple[str, ...]
) -> tuple[str | None, tuple[str, str | None] | None]:
    """Give the type of an expression, and the message and hint of its fault."""
    if not expression.strip():
        return None, None  # the schema asks for one where one is needed
    used = _VARIABLE.findall(code_of(expression))
    if "variables" in names:
        known = [name.partition(".")[2] for name in names if name.startswith("variables.")]
        for name in used:
            if name not in known:
                return None, (f"expected a variable declared before, got {name}", suggest(name, known))
    if any(names.get(f"variables.{name}") is None for name in used) and "variables" in names:
        results = ()  # the type of one of its variables is not known here
    kind, message = judge(expression, names, results)
    return kind, (message, None) if message else None


_GOOD = """\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: few-replicas}
spec:
  matchConstraints:
    resourceRules: [{operations: [CREATE], apiGroups: [apps], apiVersions: [v1], resources: [deployments]}]
  variables: [{name: replicas, expression: object.spec.replicas}]
  validations: [{expression: variables.replicas <= 5, message: at most five}]
"""

RULE = Rule(
    code="K8S129",
    title="expressions of admission",
    effect="refused",
    reason="The server compiles expressions when it stores them, and conditions must come to true or false.",
    fix="correct the expression: it may use object, oldObject, request, and variables declared before it",
    good=_GOOD,
    bad=_GOOD.replace("variables.replicas <=", "variables.replica <="),
    document=_find,
    kinds=("MutatingWebhookConfiguration", "ValidatingAdmissionPolicy", "ValidatingWebhookConfiguration"),
)
