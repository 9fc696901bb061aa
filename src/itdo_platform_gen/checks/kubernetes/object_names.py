"""The names of objects have the form that their kind asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import group_of, is_builtin
from itdo_platform_gen.checks.names import is_dns1035_label, is_dns_label, is_dns_subdomain, is_path_segment
from itdo_platform_gen.checks.reading import at, mapping
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.diagnostics import Effect
    from itdo_platform_gen.render.document import Document

_LABELS = {"Namespace", "Service", "StatefulSet"}
_SEGMENTS = {"ClusterRole", "ClusterRoleBinding", "PodDisruptionBudget", "Role", "RoleBinding"}
# Their names are made of other things, which other rules look at, or nobody stores them.
_OTHER = {"APIService", "CustomResourceDefinition", "IPAddress", "CertificateSigningRequest", "Binding", "Eviction"}
_CUSTOM = {
    "argoproj.io",
    "external-secrets.io",
    "monitoring.coreos.com",
    "resolution.tekton.dev",
    "tekton.dev",
    "triggers.tekton.dev",
}
_LONGEST = {"CronJob": 52, "Job": 63}
_LONGEST_POD = 63
_GENERATED = 5
_LONGEST_BASE = 58
_SUBDOMAIN = "at most 253 lower case letters, digits, - and ., starting and ending with a letter or digit"
_LABEL = "at most 63 lower case letters, digits and -, starting and ending with a letter or digit"
_LABEL_1035 = "at most 63 lower case letters, digits and -, starting with a letter, ending with a letter or digit"
_SEGMENT = "a name without / and %, other than . and .."
_RELAXED_SERVICES = 34


def _find(document: Document, world: World) -> Iterator[Finding]:
    kind = document.kind
    if kind in _OTHER or kind.endswith(("Review", "List")):
        return
    if not is_builtin(document) and group_of(document) not in _CUSTOM and not _has_crd(document, world):
        return
    metadata = mapping(document.data, "metadata")
    name, base = ("" if (given := metadata.get(key)) is None else given for key in ("name", "generateName"))
    if not isinstance(name, str) or not isinstance(base, str):
        return  # the schema says so
    if name == base == "":
        # The server stores a LimitRange without a name, which nothing can ask for then.
        effect: Effect = "fails" if kind == "LimitRange" else "refused"
        yield Finding(document, ("metadata", "name"), "expected a name, got none", "give metadata.name", effect)
    fits, expected = _form(document, world)
    if name and not fits(name):
        yield Finding(document, ("metadata", "name"), f"expected {expected}, got {show(name)}")
    elif base and (
        (kind != "ReplicationController" and not fits(_unfinished(base)))
        or not (name or fits(base[:_LONGEST_BASE] + "a" * _GENERATED))
    ):
        yield Finding(document, ("metadata", "generateName"), f"expected {expected}, got {show(base)}")
    else:
        yield from _too_long(document, name, base)


def _has_crd(document: Document, world: World) -> bool:
    return world.schemas is not None and (document.api_version, document.kind) in world.schemas.custom


def _form(document: Document, world: World) -> tuple[Callable[[str], bool], str]:
    kind = document.kind
    if kind in _SEGMENTS or (kind == "Event" and document.api_version == "v1"):
        return is_path_segment, _SEGMENT
    if kind == "Service" and int(world.kubernetes.partition(".")[2]) <= _RELAXED_SERVICES:
        return is_dns1035_label, _LABEL_1035
    if kind in _LABELS or _is_indexed(document):
        return is_dns_label, _LABEL
    return is_dns_subdomain, _SUBDOMAIN


def _is_indexed(document: Document) -> bool:
    return document.kind == "Job" and at(document.data, "spec", "completionMode") == "Indexed"


def _unfinished(base: str) -> str:
    """Give a name that starts as the generated ones will: a dash at the end is no end."""
    return f"{base[:-2]}a" if base.endswith("-") else base


def _too_long(document: Document, name: str, base: str) -> Iterator[Finding]:
    longest = _LONGEST.get(document.kind)
    completions = at(document.data, "spec", "completions")
    if _is_indexed(document) and isinstance(completions, int) and completions > 0:
        longest = _LONGEST_POD - len(f"-{completions - 1}")  # the hostname of the last pod
    length = len(name) if name else min(len(base), _LONGEST_BASE) + _GENERATED if base else 0
    if longest is not None and length > longest:
        key = "name" if name else "generateName"
        message = f"expected at most {longest} characters for a {document.kind}, got {length}"
        yield Finding(document, ("metadata", key), message, "shorten it: pods get longer names from it")


RULE = Rule(
    code="K8S101",
    title="names of objects",
    effect="refused",
    reason="Names become parts of URLs, host names and label values, so each kind takes only some forms.",
    fix="use lower case letters, digits and dashes",
    good="""\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings.v1}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: "example:Reader"}
---
apiVersion: v1
kind: Namespace
metadata: {generateName: team-}
""",
    bad="""\
apiVersion: v1
kind: ConfigMap
metadata: {name: Settings_v1}
---
apiVersion: v1
kind: Namespace
metadata: {name: team.a}
---
apiVersion: v1
kind: Secret
metadata: {labels: {app: orders}}
""",
    document=_find,
)
