"""A TriggerTemplate's parameters come from the bindings beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import trigger
from itdo_platform_gen.checks.pipelines.resource import TRIGGERS, is_tekton, triggers_of
from itdo_platform_gen.checks.reading import at, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path


def _find(world: World) -> Iterator[Finding]:
    for document in world.of_kind("Trigger", "EventListener"):
        for path in triggers_of(document) if is_tekton(document, TRIGGERS) else ():
            yield from _trigger(document, path, world)


def _trigger(document: Document, path: Path, world: World) -> Iterator[Finding]:
    given = _given(document, path, world)
    name = text(document.data, *path, "template", "ref")
    template = world.find("TriggerTemplate", document.namespace, name) if name else None
    spec = mapping(template.data, "spec") if template is not None else mapping(document.data, *path, "template", "spec")
    if given is None:
        return
    for _, parameter in mappings(spec, "params"):
        asked = text(parameter, "name")
        if asked and parameter.get("default") is None and asked not in given:
            message = f"expected a binding that gives {asked}, which the TriggerTemplate asks for, got none"
            hint = f"add {{name: {asked}, value: $(body.…)}} to the TriggerBinding, or give it a default"
            yield Finding(document, (*path, "bindings"), message, hint)


def _given(document: Document, path: Path, world: World) -> set[str] | None:
    """Give the parameters that the bindings of a trigger give, None where one is not among the documents."""
    given: set[str] = set()
    for _, binding in mappings(document.data, *path, "bindings"):
        ref = text(binding, "ref")
        if not ref:
            given.add(text(binding, "name"))
            continue
        kind = text(binding, "kind") or "TriggerBinding"
        found = world.find(kind, "" if kind.startswith("Cluster") else document.namespace, ref)
        if found is None:
            return None
        given |= {text(parameter, "name") for _, parameter in mappings(found.data, "spec", "params")}
    return None if at(document.data, *path, "triggerRef") else given


_GOOD = trigger(
    "Trigger",
    """\
bindings: [{name: revision, value: $(body.after)}]
template:
  spec:
    params: [{name: revision}]
    resourcetemplates:
      - apiVersion: v1
        kind: ConfigMap
        metadata: {generateName: push-}
        data: {revision: $(tt.params.revision)}
""",
)

RULE = Rule(
    code="TKN165",
    title="values for TriggerTemplates",
    effect="fails",
    reason="What no binding gives stays $(tt.params.name) in what is made, and means nothing there.",
    fix="add it to a binding, or give it a default",
    good=_GOOD,
    bad=_GOOD.replace("{name: revision, value", "{name: commit, value"),
    world=_find,
)
