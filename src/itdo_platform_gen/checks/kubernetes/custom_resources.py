"""A CustomResourceDefinition has the name, versions and kinds that go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.names import is_dns1035_label
from itdo_platform_gen.checks.reading import at, items, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_APPROVED = "api-approved.kubernetes.io"
_PROTECTED = (".k8s.io", ".kubernetes.io")


def _find(document: Document, _: World) -> Iterator[Finding]:
    if is_builtin(document):
        for path, message in (*_names(document), *_versions(document.data)):
            yield Finding(document, path, message)


def _names(document: Document) -> Iterator[tuple[Path, str]]:
    data = document.data
    group, names = text(data, "spec", "group"), mapping(data, "spec", "names")
    plural, kind = text(names, "plural"), text(names, "kind")
    if group and "." not in group:
        yield ("spec", "group"), f"expected a domain with a dot in it, got {show(group)}"
    elif group and plural and document.name != f"{plural}.{group}":
        yield ("metadata", "name"), f"expected {plural}.{group} (plural and group), got {show(document.name)}"
    if kind and not is_dns1035_label(kind.lower()):
        yield ("spec", "names", "kind"), f"expected letters, digits and -, starting with a letter, got {show(kind)}"
    if kind and kind == names.get("listKind"):
        yield ("spec", "names", "listKind"), f"expected another name than the kind's, got {kind}"
    approval = text(data, "metadata", "annotations", _APPROVED)
    if group.endswith(_PROTECTED) and not approval.startswith(("https://", "http://", "unapproved")):
        yield ("metadata", "annotations"), f"group {group} is Kubernetes' own and needs the annotation {_APPROVED}"
    if at(data, "spec", "preserveUnknownFields") is True:
        yield ("spec", "preserveUnknownFields"), "expected x-kubernetes-preserve-unknown-fields in the schema instead"


def _versions(data: object) -> Iterator[tuple[Path, str]]:
    versions = list(mappings(data, "spec", "versions"))
    stored = [index for index, version in versions if version.get("storage") is True]
    if versions and len(stored) != 1:
        yield ("spec", "versions"), f"expected exactly one version with storage: true, got {len(stored)}"
    names: set[str] = set()
    for index, version in versions:
        place, name = ("spec", "versions", index), text(version, "name")
        if name and name in names:
            yield (*place, "name"), f"expected each version once, got {name} again"
        names.add(name)
        if at(version, "schema", "openAPIV3Schema") is None:
            yield (*place, "schema"), "expected openAPIV3Schema in it, got none"
        for number, column in enumerate(items(version, "additionalPrinterColumns")):
            path = text(column, "jsonPath")
            if path and not path.startswith("."):
                expected = f".{path.strip('{}').removeprefix('.')}"
                yield (*place, "additionalPrinterColumns", number, "jsonPath"), f"expected {expected}, got {path}"
        if text(version, "deprecationWarning") and version.get("deprecated") is not True:
            yield (*place, "deprecationWarning"), "expected it beside deprecated: true only"


_GOOD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: shops, singular: shop, kind: Shop}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object}}
"""

RULE = Rule(
    code="K8S124",
    title="names and versions of custom resources",
    effect="refused",
    reason="A definition is found by plural and group, and its objects are stored in one version.",
    fix="name it plural.group, and set storage: true in exactly one version",
    good=_GOOD,
    bad=_GOOD.replace("metadata: {name: shops.example.com}", "metadata: {name: shop.example.com}"),
    document=_find,
    kinds=("CustomResourceDefinition",),
)
