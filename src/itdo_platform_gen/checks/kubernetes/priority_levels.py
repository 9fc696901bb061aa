"""A PriorityLevelConfiguration holds what its type asks for, and queues that a hand can be dealt from."""

from __future__ import annotations

from math import ceil, log2
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at, mapping
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

    Faults: TypeAlias = Iterator[tuple[Path, str]]

_EXEMPT = "exempt"
_QUEUES, _HAND = 64, 8
_MOST_QUEUES = 10_000_000
_MOST_BITS = 60


def _find(document: Document, _: World) -> Iterator[Finding]:
    if is_builtin(document):
        for path, message in _level(document.name, mapping(document.data, "spec")):
            yield Finding(document, ("spec", *path), message)


def _level(name: str, spec: dict[str, Any]) -> Faults:
    kind = spec.get("type")
    if kind == "Exempt" and name != _EXEMPT:
        yield ("type",), f"expected Limited where the name is not {_EXEMPT}, got Exempt"
    elif kind == "Exempt" and spec.get("limited") is not None:
        yield ("limited",), "expected no limited for the type Exempt, got one"
    elif kind == "Limited" and name == _EXEMPT:
        yield ("type",), f"expected Exempt for {_EXEMPT}, got Limited"
    elif kind == "Limited":
        if spec.get("exempt") is not None:
            yield ("exempt",), "expected no exempt for the type Limited, got one"
        if spec.get("limited") is None:
            yield (), "expected limited for the type Limited, got none"
        for path, message in _response(mapping(spec, "limited", "limitResponse")):
            yield ("limited", "limitResponse", *path), message


def _response(response: dict[str, Any]) -> Faults:
    kind, queuing = response.get("type"), response.get("queuing")
    if kind == "Reject" and queuing is not None:
        yield ("queuing",), "expected no queuing for the type Reject, got one"
    elif kind == "Queue" and queuing is None:
        yield (), "expected queuing for the type Queue, got none"
    elif kind == "Queue" and isinstance(queuing, dict):
        queues, hand = at(queuing, "queues") or _QUEUES, at(queuing, "handSize") or _HAND
        if isinstance(queues, int) and isinstance(hand, int) and 0 < queues <= _MOST_QUEUES and hand > 0:
            field = ("queuing", "handSize" if queuing.get("handSize") else "queues")
            if hand > queues:
                yield field, f"expected handSize to be at most queues, got {hand} of {queues}"
            elif ceil(log2(queues) * hand) > _MOST_BITS:
                most = f"at most {int(_MOST_BITS / log2(queues))}"
                yield field, f"expected handSize to be {most} for {queues} queues, got {hand}"


_GOOD = """\
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: PriorityLevelConfiguration
metadata: {name: builds}
spec:
  type: Limited
  limited: {limitResponse: {type: Queue, queuing: {queues: 16, handSize: 4}}}
"""

RULE = Rule(
    code="K8S127",
    title="priority levels",
    effect="refused",
    reason="Only the level exempt is not limited, and the queues of a limited one must outnumber a hand of them.",
    fix="write limited with queuing where requests queue, and a handSize that fits the queues",
    good=_GOOD,
    bad=_GOOD.replace("handSize: 4", "handSize: 20"),
    document=_find,
    kinds=("PriorityLevelConfiguration",),
)
