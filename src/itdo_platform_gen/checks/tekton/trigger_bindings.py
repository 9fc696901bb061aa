"""A TriggerBinding takes each parameter once, from the event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import trigger
from itdo_platform_gen.checks.pipelines.resource import TRIGGERS, is_tekton, triggers_of
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_KINDS = ("TriggerBinding", "ClusterTriggerBinding")
_SOURCES = ("body", "header", "extensions", "context")
_CONTEXT = "context.eventID"
_FIRST = re.compile(r"[A-Za-z_]*")


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_tekton(document, TRIGGERS):
        return
    if document.kind in _KINDS:
        seen: set[str] = set()
        for index, parameter in mappings(document.data, "spec", "params"):
            name = text(parameter, "name")
            if name in seen:
                message = f"expected each parameter once, got {name or 'none'} again"
                yield Finding(document, ("spec", "params", index, "name"), message)
            seen.add(name)
            yield from _value(document, ("spec", "params", index, "value"), text(parameter, "value"), is_seen=True)
    for path in triggers_of(document):
        for index, binding in mappings(document.data, *path, "bindings"):
            place = (*path, "bindings", index, "value")
            yield from _value(document, place, text(binding, "value"), is_seen=False)


def _value(document: Document, path: Path, value: str, *, is_seen: bool) -> Iterator[Finding]:
    parts = value.split("$(")[1:]
    for number, part in enumerate(parts):
        inner = _inside(part)
        if inner is None:
            refused = is_seen and number < len(parts) - 1
            message = f"expected a closing ) after $({part[:20]}"
            yield Finding(document, path, message, effect=None if refused else "fails")
            return
        first = _FIRST.match(inner)
        source = first[0] if first else ""
        if source not in _SOURCES or (source == "context" and inner != _CONTEXT):
            message = f"expected a part of the event, such as $(body.ref), got $({inner})"
            hint = "write $(body.…), $(header.…), $(extensions.…) or $(context.eventID)"
            yield Finding(document, path, message, hint, "fails")


def _inside(part: str) -> str | None:
    """Give what stands before the parenthesis that closes, None where there is none."""
    depth = 0
    for index, character in enumerate(part):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return part[:index]
    return None


_GOOD = trigger(
    "TriggerBinding",
    """\
params:
  - {name: revision, value: $(body.head_commit.id)}
  - {name: url, value: $(body.repository.clone_url)}
""",
)

RULE = Rule(
    code="TKN141",
    title="TriggerBindings",
    effect="refused",
    reason="A TriggerBinding gives each parameter one text, with parts of the event's body and headers in it.",
    fix="name each parameter once, and write $(body.…), $(header.…) or $(extensions.…)",
    good=_GOOD,
    bad=_GOOD.replace("name: url", "name: revision"),
    document=_find,
    kinds=(*_KINDS, "Trigger", "EventListener"),
)
