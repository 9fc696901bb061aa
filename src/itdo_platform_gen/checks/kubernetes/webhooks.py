"""Webhooks and admission policies say what they look at without saying it twice, and where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.names import is_dns_subdomain
from itdo_platform_gen.checks.reading import at, items, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

    Faults: TypeAlias = Iterator[tuple[Path, str]]

_REVIEWS = {"v1", "v1beta1"}
_LEAST_PARTS = 3


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    judge = {"ValidatingAdmissionPolicy": _policy, "ValidatingAdmissionPolicyBinding": _binding}
    for path, message in judge.get(document.kind, _webhooks)(document.data):
        yield Finding(document, path, message)


def _webhooks(data: object) -> Faults:
    yield from _twice(data, ("webhooks",), "name")
    for index, webhook in mappings(data, "webhooks"):
        place = ("webhooks", index)
        name = text(webhook, "name")
        if name and (not is_dns_subdomain(name) or len(name.split(".")) < _LEAST_PARTS):
            yield (*place, "name"), f"expected a domain name of three parts or more, got {show(name)}"
        versions = items(webhook, "admissionReviewVersions")
        yield from _reviews(versions, (*place, "admissionReviewVersions"))
        for path, message in (*_client(mapping(webhook, "clientConfig")), *_rules(webhook, ("rules",))):
            yield (*place, *path), message
        for path, message in _twice(webhook, ("matchConditions",), "name"):
            yield (*place, *path), message


def _reviews(versions: list[object], place: Path) -> Faults:
    if versions and not any(version in _REVIEWS for version in versions if isinstance(version, str)):
        yield place, f"expected v1 among them, got {show(versions)}"
    for index, version in enumerate(versions):
        if version in versions[:index]:
            yield (*place, index), f"expected each version once, got {show(version)} again"


def _client(client: dict[str, object]) -> Faults:
    url = client.get("url")
    if isinstance(url, str) and (fault := _fault_of_url(url)):
        yield ("clientConfig", "url"), fault


def _fault_of_url(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"expected a URL, got {show(url)}"
    if parts.scheme != "https" or not parts.netloc:
        return f"expected https://host/path, got {show(url)}"
    if parts.query or parts.fragment or parts.username is not None:
        return f"expected a URL without user, query and fragment, got {show(url)}"
    return None


def _rules(data: object, place: tuple[str, ...]) -> Faults:
    for index, rule in mappings(data, *place):
        for key in ("operations", "apiGroups", "apiVersions"):
            values = items(rule, key)
            if "*" in values and len(values) > 1:
                yield (*place, index, key), f"expected * alone, got {show(values)}"
        names = [name for name in items(rule, "resources") if isinstance(name, str)]
        if "*/*" in names and len(names) > 1:
            yield (*place, index, "resources"), f"expected */* alone, got {show(names)}"
        elif "*" in names and any(name != "*" and "/" not in name for name in names):
            yield (*place, index, "resources"), f"expected * without other resources, got {show(names)}"
        else:
            for name in names:
                resource, _, part = name.partition("/")
                if part and ((f"{resource}/*" in names and part != "*") or (f"*/{part}" in names and resource != "*")):
                    yield (*place, index, "resources"), f"{name} is among the others already, got {show(names)}"


def _twice(data: object, place: tuple[str, ...], key: str) -> Faults:
    seen: set[str] = set()
    for index, item in mappings(data, *place):
        name = text(item, key)
        if name and name in seen:
            yield (*place, index, key), f"expected each {key} once, got {show(name)} again"
        seen.add(name)


def _policy(data: object) -> Faults:
    if not items(data, "spec", "validations") and not items(data, "spec", "auditAnnotations"):
        yield ("spec", "validations"), "expected validations or auditAnnotations, got neither"
    constraints = at(data, "spec", "matchConstraints")
    rules = ("spec", "matchConstraints", "resourceRules")
    if constraints is None or (isinstance(constraints, dict) and not constraints.get("resourceRules")):
        yield rules, "expected at least one rule, got none"
    yield from _rules(data, rules)
    yield from _twice(data, ("spec", "auditAnnotations"), "key")
    yield from _twice(data, ("spec", "matchConditions"), "name")


def _binding(data: object) -> Faults:
    reference = at(data, "spec", "paramRef")
    if isinstance(reference, dict) and reference:
        named, selected = bool(reference.get("name")), reference.get("selector") is not None
        if named == selected:
            yield ("spec", "paramRef"), f"expected name or selector, got {'both' if named else 'neither'}"
    actions = [action for action in items(data, "spec", "validationActions") if isinstance(action, str)]
    if {"Deny", "Warn"} <= set(actions):
        yield ("spec", "validationActions"), f"expected either Deny or Warn, got {show(actions)}"
    elif len(set(actions)) != len(actions):
        yield ("spec", "validationActions"), f"expected each action once, got {show(actions)}"


_GOOD = """\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: checks}
webhooks:
  - name: pods.checks.example.com
    sideEffects: None
    admissionReviewVersions: [v1]
    clientConfig: {url: "https://checks.example.com/pods"}
    rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]
"""

RULE = Rule(
    code="K8S123",
    title="webhooks and admission policies",
    effect="refused",
    reason="The server must know where to ask, in which version, and about what, each once.",
    fix="use names of three parts, https URLs, and * alone",
    good=_GOOD,
    bad=_GOOD.replace("pods.checks.example.com", "checks"),
    document=_find,
    kinds=(
        *("MutatingWebhookConfiguration", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"),
        "ValidatingWebhookConfiguration",
    ),
)
