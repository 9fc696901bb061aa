"""A claim to devices counts, tolerates and selects what it can, and refers to its own requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.cel_types import judge
from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import items, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

    Faults: TypeAlias = Iterator[tuple[Path, str, str | None]]

# What an expression that selects devices may use.
_NAMES = {"device": None, "device.driver": "string", "device.attributes": None, "device.capacity": None}
_SPECS = {"ResourceClaim": ("spec",), "ResourceClaimTemplate": ("spec", "spec")}


def _find(document: Document, _: World) -> Iterator[Finding]:
    if is_builtin(document) and document.kind == "DeviceClass":
        for path, message in _selectors(mapping(document.data, "spec")):
            yield Finding(document, ("spec", *path), message)
    elif is_builtin(document):
        place = (*_SPECS[document.kind], "devices")
        devices = mapping(document.data, *place)
        for path, message, hint in (*_requests(devices), *_references(devices)):
            yield Finding(document, (*place, *path), message, hint)


def _requests(devices: dict[str, Any]) -> Faults:
    seen: set[str] = set()
    for index, request in mappings(devices, "requests"):
        name = text(request, "name")
        if name and name in seen:
            yield ("requests", index, "name"), f"expected each request once, got {name} again", None
        seen.add(name)
        if isinstance(request.get("exactly"), dict):
            for path, message in _asked(request["exactly"]):
                yield ("requests", index, "exactly", *path), message, None
        if request.get("firstAvailable") == []:
            yield ("requests", index, "firstAvailable"), "expected at least one choice, got none", None
        choices: set[str] = set()
        for number, choice in mappings(request, "firstAvailable"):
            place, label = ("requests", index, "firstAvailable", number), text(choice, "name")
            if label and label in choices:
                yield (*place, "name"), f"expected each choice once, got {label} again", None
            choices.add(label)
            for path, message in _asked(choice):
                yield (*place, *path), message, None


def _asked(request: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    if request.get("allocationMode") == "All" and request.get("count"):
        yield ("count",), f"expected no count with allocationMode: All, got {show(request['count'])}"
    yield from _selectors(request)
    for index, toleration in mappings(request, "tolerations"):
        if toleration.get("operator") == "Exists" and toleration.get("value"):
            yield ("tolerations", index, "value"), f"expected no value for Exists, got {show(toleration['value'])}"


def _selectors(holder: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    for index, selector in mappings(holder, "selectors"):
        if isinstance(selector.get("cel"), dict):
            expression = text(selector, "cel", "expression")
            _, message = (
                judge(expression, _NAMES, ("bool",)) if expression else (None, "expected an expression, got none")
            )
            if message:
                yield ("selectors", index, "cel", "expression"), message


def _references(devices: dict[str, Any]) -> Faults:
    names = {text(request, "name") for _, request in mappings(devices, "requests")}
    for _, request in mappings(devices, "requests"):
        names |= {
            f"{text(request, 'name')}/{text(choice, 'name')}" for _, choice in mappings(request, "firstAvailable")
        }
    for field in ("constraints", "config"):
        for index, holder in mappings(devices, field):
            given = ["" if name is None else name for name in items(holder, "requests")]
            for number, name in enumerate(given):
                place = (field, index, "requests", number)
                if isinstance(name, str) and name not in names:
                    yield place, f"expected a request of this claim, got {show(name)}", suggest(name, names)
                elif name in given[:number]:
                    yield place, f"expected each request once, got {name} again", None


_GOOD = """\
apiVersion: resource.k8s.io/v1
kind: ResourceClaim
metadata: {name: gpu, namespace: dev}
spec:
  devices:
    requests: [{name: gpu, exactly: {deviceClassName: gpu.example.com}}]
    constraints: [{requests: [gpu], matchAttribute: gpu.example.com/model}]
"""

RULE = Rule(
    code="K8S139",
    title="claims to devices",
    effect="refused",
    reason="What a claim constrains and configures are its own requests, each with a name of its own.",
    fix="name a request of the claim, and give each another name",
    good=_GOOD,
    bad=_GOOD.replace("requests: [gpu]", "requests: [card]"),
    document=_find,
    kinds=(*_SPECS, "DeviceClass"),
    since="1.34",
)
