"""A rule of a Role names resources of API groups, one of a ClusterRole also URLs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at, mappings
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    for index, rule in mappings(document.data, "rules"):
        for path, message in _rule(rule, in_namespace=document.kind == "Role"):
            yield Finding(document, ("rules", index, *path), message)
    aggregation = at(document.data, "aggregationRule")
    if isinstance(aggregation, dict) and not aggregation.get("clusterRoleSelectors"):
        path = ("aggregationRule", "clusterRoleSelectors")
        yield Finding(document, path, "expected at least one selector, got none")


def _rule(rule: dict[str, object], *, in_namespace: bool) -> Iterator[tuple[Path, str]]:
    urls = rule.get("nonResourceURLs")
    if urls:
        if in_namespace:
            yield ("nonResourceURLs",), "expected no URLs in a Role, which is of one namespace, got some"
        elif any(rule.get(key) for key in ("apiGroups", "resources", "resourceNames")):
            yield ("nonResourceURLs",), "expected either URLs or resources in a rule, got both"
        return
    if not rule.get("apiGroups"):
        yield ("apiGroups",), 'expected API groups, got none: the core group is ""'
    if not rule.get("resources"):
        yield ("resources",), "expected resources, got none"


_GOOD = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [configmaps], verbs: [get]}]
"""

RULE = Rule(
    code="K8S112",
    title="rules of Roles",
    effect="refused",
    reason="A rule allows verbs on resources of API groups, or in a ClusterRole on URLs.",
    fix="give apiGroups, resources and verbs",
    good=_GOOD,
    bad=_GOOD.replace('apiGroups: [""], ', ""),
    document=_find,
    kinds=("ClusterRole", "Role"),
)
