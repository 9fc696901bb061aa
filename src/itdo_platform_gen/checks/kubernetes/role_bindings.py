"""A binding leads from a role to subjects, each in the form of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.names import is_dns_subdomain, is_path_segment
from itdo_platform_gen.checks.reading import at, mapping, mappings
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_GROUP = "rbac.authorization.k8s.io"
_ROLES = {"ClusterRoleBinding": ("ClusterRole",), "RoleBinding": ("Role", "ClusterRole")}


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    if isinstance(at(document.data, "roleRef"), dict):
        for path, message in _role(mapping(document.data, "roleRef"), _ROLES[document.kind]):
            yield Finding(document, ("roleRef", *path), message)
    for index, subject in mappings(document.data, "subjects"):
        for path, message in _subject(subject, in_namespace=document.kind == "RoleBinding"):
            yield Finding(document, ("subjects", index, *path), message)


def _role(role: dict[str, object], kinds: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    kind, name = role.get("kind"), role.get("name")
    if kind == "Role" and kind not in kinds:
        yield ("kind",), f"expected {' or '.join(kinds)}, got {show(kind)}"
    if isinstance(name, str) and not is_path_segment(name):
        yield ("name",), f"expected a name without / and %, got {show(name)}"


def _subject(subject: dict[str, object], *, in_namespace: bool) -> Iterator[tuple[Path, str]]:
    kind, group, name = subject.get("kind"), subject.get("apiGroup"), subject.get("name")
    if kind == "ServiceAccount":
        if group:
            yield ("apiGroup",), f'expected "" for a ServiceAccount, got {show(group)}'
        if not subject.get("namespace") and not in_namespace:
            yield ("namespace",), "expected the namespace of the ServiceAccount, got none"
        if isinstance(name, str) and name and not is_dns_subdomain(name):
            yield ("name",), f"expected the name of a ServiceAccount, got {show(name)}"
    elif kind in ("Group", "User") and isinstance(group, str) and group not in ("", _GROUP):
        yield ("apiGroup",), f"expected {_GROUP} for a {kind}, got {show(group)}"


_GOOD = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: view}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: default, namespace: default}]
"""

RULE = Rule(
    code="K8S113",
    title="roles and subjects of bindings",
    effect="refused",
    reason="A binding needs a role it can refer to, and subjects that are users, groups or service accounts.",
    fix="write subjects as {kind: ServiceAccount, name: …, namespace: …}, users and groups with their apiGroup",
    good=_GOOD,
    bad=_GOOD.replace(", namespace: default", ""),
    document=_find,
    kinds=("ClusterRoleBinding", "RoleBinding"),
)
