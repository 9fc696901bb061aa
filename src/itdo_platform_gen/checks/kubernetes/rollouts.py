"""How a workload is rolled out agrees with its strategy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at, mapping, text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_STRATEGY = {"DaemonSet": "updateStrategy", "Deployment": "strategy", "StatefulSet": "updateStrategy"}
_PERCENT = re.compile(r"0*(\d{1,19})%", re.ASCII)
_DEADLINE = 600


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    key, spec = _STRATEGY[document.kind], mapping(document.data, "spec")
    place = ("spec", key, "rollingUpdate")
    kind, rolling = text(spec, key, "type"), at(spec, key, "rollingUpdate")
    if document.kind == "Deployment":
        ready, deadline = _or(spec.get("minReadySeconds"), 0), _or(spec.get("progressDeadlineSeconds"), _DEADLINE)
        if isinstance(ready, int) and isinstance(deadline, int) and 0 <= deadline <= ready:
            path = ("spec", "progressDeadlineSeconds" if "progressDeadlineSeconds" in spec else "minReadySeconds")
            message = f"expected progressDeadlineSeconds ({deadline}) above minReadySeconds ({ready})"
            yield Finding(document, path, message, "give the roll-out more time than one pod takes")
    if rolling is None:
        return
    if (document.kind, kind) in {("Deployment", "Recreate"), ("StatefulSet", "OnDelete")}:
        yield Finding(document, place, f"expected no rollingUpdate with type {kind}, got one")
    elif isinstance(rolling, dict) and kind in {"", "RollingUpdate"} and document.kind != "StatefulSet":
        yield from _bounds(document, rolling)


def _bounds(document: Document, rolling: dict[str, object]) -> Iterator[Finding]:
    place = ("spec", _STRATEGY[document.kind], "rollingUpdate")
    is_daemon = document.kind == "DaemonSet"
    surge = _amount(_or(rolling.get("maxSurge"), 0 if is_daemon else 1))
    gone = _amount(_or(rolling.get("maxUnavailable"), 1))
    if surge == gone == 0:
        key = "maxUnavailable" if "maxUnavailable" in rolling else "maxSurge"
        message = "expected maxSurge or maxUnavailable above 0, got 0 for both"
        yield Finding(document, (*place, key), message, "a roll-out needs room: one pod more, or one less")
    elif surge and gone and is_daemon:
        message = "expected maxUnavailable: 0 with maxSurge in a DaemonSet, got more"
        yield Finding(document, (*place, "maxSurge"), message, "set maxUnavailable: 0, by default it is 1")


def _or(value: object, default: int) -> object:
    """Give a value, or what the server fills in for none."""
    return default if value is None else value


def _amount(value: object) -> int | None:
    """Give a count or a percentage as a number, None where it is neither."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value)
    match = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    return int(match[1]) if match else None


_GOOD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers: [{name: shop, image: "shop:1.0"}]
"""

RULE = Rule(
    code="K8S114",
    title="roll-outs",
    effect="refused",
    reason="A roll-out has settings for its strategy only, and room to go on.",
    fix="leave rollingUpdate out, or use type: RollingUpdate",
    good=_GOOD,
    bad=_GOOD.replace("maxSurge: 1", "maxSurge: 0"),
    document=_find,
    kinds=tuple(_STRATEGY),
)
