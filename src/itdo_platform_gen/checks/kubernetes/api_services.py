"""An APIService is named after version and group, and trusts its server in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import group_of
from itdo_platform_gen.checks.names import is_dns1035_label, is_dns_subdomain
from itdo_platform_gen.checks.reading import mapping, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document


def _find(document: Document, _: World) -> Iterator[Finding]:
    spec = mapping(document.data, "spec")
    if group_of(document) != "apiregistration.k8s.io" or not spec:
        return
    group, version = text(spec, "group"), text(spec, "version")
    if is_dns1035_label(version) and (not group or is_dns_subdomain(group)):
        name = text(document.data, "metadata", "name")
        if not group and version != "v1":
            yield Finding(document, ("spec", "group"), f"expected a group for {version}, got none")
        elif name != f"{version}.{group}":
            got = show(name) if name else "none"
            message = f"expected {version}.{group} (version and group), got {got}"
            yield Finding(document, ("metadata", "name"), message)
    unverified, bundle = spec.get("insecureSkipTLSVerify") is True, bool(spec.get("caBundle"))
    if spec.get("service") is None:
        for field, given in (("insecureSkipTLSVerify", unverified), ("caBundle", bundle)):
            if given:
                yield Finding(document, ("spec", field), f"expected no {field} without service, got one")
    elif unverified and bundle:
        message = "expected caBundle or insecureSkipTLSVerify: true, got both"
        yield Finding(document, ("spec", "insecureSkipTLSVerify"), message)


_GOOD = """\
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.example.com}
spec:
  group: metrics.example.com
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  service: {name: metrics, namespace: dev}
"""

RULE = Rule(
    code="K8S128",
    title="API services",
    effect="refused",
    reason="An APIService is found by version and group, and its server is either verified or not.",
    fix="name it version.group, and give caBundle or insecureSkipTLSVerify, only beside service",
    good=_GOOD,
    bad=_GOOD.replace("name: v1beta1.metrics", "name: metrics"),
    document=_find,
    kinds=("APIService",),
)
