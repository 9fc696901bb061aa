"""Interceptors are those that Triggers comes with or the documents make, and their filters compile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.cel_types import code_of, judge
from itdo_platform_gen.checks.pipelines.examples import trigger
from itdo_platform_gen.checks.pipelines.resource import TRIGGERS, is_tekton, triggers_of
from itdo_platform_gen.checks.reading import mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_OWN = {
    "cel": ("filter", "overlays"),
    "github": ("secretRef", "eventTypes", "addChangedFiles", "githubOwners"),
    "gitlab": ("secretRef", "eventTypes"),
    "bitbucket": ("secretRef", "eventTypes"),
    "slack": ("requestedFields",),
}
_NAMES = {"body": None, "header": None, "extensions": None, "requestURL": "string"}
_ADDED = re.compile(
    r"\b(?:match|canonical|truncate|compareSecret|parseJSON|parseYAML|parseURL|marshalJSON|translate)\s*\("
)
_NAME = re.compile(r"(?<![\w.])([A-Za-z_]\w*)(?!\s*[\w(:])")
_WORDS = {"true", "false", "null", "in"}


def _find(document: Document, world: World) -> Iterator[Finding]:
    if not is_tekton(document, TRIGGERS):
        return
    places: list[Path] = [(*path, "interceptors") for path in triggers_of(document)]
    places += [
        ("spec", "triggerGroups", index, "interceptors")
        for index, _ in mappings(document.data, "spec", "triggerGroups")
    ]
    for place in places:
        for index, interceptor in mappings(document.data, *place):
            yield from _interceptor(document, world, (*place, index), interceptor)


def _interceptor(document: Document, world: World, path: Path, interceptor: dict[str, Any]) -> Iterator[Finding]:
    name = text(interceptor, "ref", "name")
    kind = text(interceptor, "ref", "kind") or "ClusterInterceptor"
    made = [each.name for each in world.of_kind("ClusterInterceptor", "Interceptor")]
    if name and kind == "ClusterInterceptor" and name not in _OWN and name not in made:
        if not world.is_external(kind, "", name):
            message = f"expected one of Triggers' own interceptors ({', '.join(_OWN)}), got {name}"
            hint = suggest(name, _OWN) or f"if it exists, declare it under external: as {kind}/{name}"
            yield Finding(document, (*path, "ref", "name"), message, hint, "advice", "notice")
        return
    for index, parameter in mappings(interceptor, "params"):
        place, known = (*path, "params", index), _OWN.get(name, ())
        if known and text(parameter, "name") not in known and kind == "ClusterInterceptor":
            message = f"expected {' or '.join(known)} as a parameter of {name}, got {text(parameter, 'name')}"
            yield Finding(document, (*place, "name"), message, suggest(text(parameter, "name"), known))
        if name == "cel" and text(parameter, "name") == "filter":
            yield from _expression(document, (*place, "value"), text(parameter, "value"), ("bool",))
        if name == "cel" and text(parameter, "name") == "overlays":
            for number, overlay in mappings(parameter, "value"):
                where = (*place, "value", number, "expression")
                yield from _expression(document, where, text(overlay, "expression"), ())
    if name in {"github", "gitlab", "bitbucket"} and not _secret(interceptor):
        message = f"expected a secretRef, with which {name} proves that an event is its own"
        hint = "add {name: secretRef, value: {secretName: …, secretKey: …}}"
        yield Finding(document, path, message, hint, "advice", "warning")


def _secret(interceptor: dict[str, Any]) -> bool:
    found = [each for _, each in mappings(interceptor, "params") if text(each, "name") == "secretRef"]
    return any(text(mapping(each, "value"), "secretName") for each in found)


def _expression(document: Document, path: Path, expression: str, results: tuple[str, ...]) -> Iterator[Finding]:
    if not expression.strip():
        return
    if _ADDED.search(code_of(expression)):
        # The library has none of Triggers' functions: an unknown name is all that can be told.
        unknown = [name for name in _NAME.findall(code_of(expression)) if name not in {*_NAMES, *_WORDS}]
        message = (
            f"expected one of {', '.join(_NAMES)}, got {unknown[0]}" if unknown and "." not in expression else None
        )
    else:
        _, message = judge(expression, _NAMES, results)
    if message:
        yield Finding(document, path, message)


_GOOD = trigger(
    "EventListener",
    """\
namespaceSelector: {matchNames: [ci]}
triggerGroups:
  - name: pushes
    interceptors:
      - {ref: {name: cel}, params: [{name: filter, value: body.ref == 'refs/heads/main'}]}
    triggerSelector: {namespaceSelector: {matchNames: [ci]}}
""",
)

RULE = Rule(
    code="TKN143",
    title="interceptors",
    effect="fails",
    reason="An interceptor that stumbles over its filter lets no event through, and one without a secret lets any.",
    fix="correct the expression: it may use body, header, extensions and requestURL",
    good=_GOOD,
    bad=_GOOD.replace("body.ref ==", "event.ref =="),
    document=_find,
    kinds=("Trigger", "EventListener"),
)
