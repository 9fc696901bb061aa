"""Structure: every document against the schema of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.api_versions import lifecycles
from itdo_platform_gen.checks.appconfig.file import is_app_config
from itdo_platform_gen.checks.embedded import is_left_to_the_pod
from itdo_platform_gen.checks.group import ENTITY_GROUPS, is_builtin, is_entity
from itdo_platform_gen.checks.overlay import QUANTITIES
from itdo_platform_gen.checks.placeholders import is_placeholder
from itdo_platform_gen.checks.reading import at
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import nearest, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.schema.store import Schemas
    from itdo_platform_gen.schema.violation import Violation


# What only a slip of the pen keeps from being a group of Backstage's.
_NEAR = "backstage.io"
# What the catalog reads of an entity before it fills in what files hold.
_ENVELOPE = (("metadata", "name"), ("metadata", "namespace"))
_ANNOTATIONS = ("metadata", "annotations")


def check_structure(documents: Iterable[Document], schemas: Schemas, *, resources_only: bool) -> Iterator[Diagnostic]:
    """Find what the schema of a document's kind refuses, unknown keys included.

    With `resources_only` a document without apiVersion and kind is a fault; else it is no Kubernetes document.
    """
    unknown: set[tuple[str, str]] = set()
    for document in documents:
        yield from check_one(document, schemas, unknown, resources_only=resources_only)


def check_one(
    document: Document, schemas: Schemas, unknown: set[tuple[str, str]], *, resources_only: bool
) -> Iterator[Diagnostic]:
    """Find what the schema of one document's kind refuses; `unknown` holds the kinds told of, and takes new ones."""
    if not document.api_version or not document.kind:
        if is_app_config(document):
            return  # a rule looks at it, merged with those beside it
        if resources_only or _half(document):
            yield _nameless(document)
        return
    validator = schemas.find(document.api_version, document.kind)
    if validator is None:
        key = (document.api_version, document.kind)
        diagnostic = _unknown(document, schemas)
        if key not in unknown or diagnostic.is_error:
            unknown.add(key)
            yield diagnostic
    elif not validator.is_valid(document.data):
        for violation in validator.explain(document.data):
            if _is_dropped(document, violation):
                continue
            mark, _ = document.origins.locate(violation.path, at_key=violation.at_key)
            hint = violation.hint_where(mark.written)
            code = violation.code or "K8S001"
            yield document.diagnose(
                code,
                violation.message,
                violation.path,
                hint=hint,
                at_key=violation.at_key,
                effect="fails" if _is_passed_over(document, violation) else "refused",
            )


def _is_passed_over(document: Document, violation: Violation) -> bool:
    """Tell whether a server takes this without a word, as it does an unknown key below `items` in a CRD's schema."""
    if is_left_to_the_pod(document, violation):
        return True
    if document.kind != "CustomResourceDefinition" or violation.keyword != "additionalProperties":
        return False
    steps = zip(violation.path, violation.path[1:-1], strict=False)
    return any(step in {"items", "additionalProperties"} and before != "properties" for before, step in steps)


def _is_dropped(document: Document, violation: Violation) -> bool:
    """Tell whether a violation is about a status, of which a server takes none from those who create an object."""
    if is_entity(document):
        value = at(document.data, *violation.path)
        if violation.path == _ANNOTATIONS:
            return not value and not isinstance(value, list)  # the catalog puts its own in place of nothing
        return is_placeholder(value) and violation.path not in _ENVELOPE
    if violation.path[:1] != ("status",) or not is_builtin(document):
        return False
    return violation.keyword == "required" or violation.code not in {None, QUANTITIES}  # it is read all the same


def _half(document: Document) -> bool:
    return isinstance(document.data, dict) and ("apiVersion" in document.data) and ("kind" in document.data)


def _nameless(document: Document) -> Diagnostic:
    data = document.data
    if not isinstance(data, dict):
        return document.diagnose("K8S002", f"expected a Kubernetes document, got {show(data)}", ())
    missing = [key for key in ("apiVersion", "kind") if key not in data]
    if missing:
        near = [nearest(key, (str(k) for k in data)) for key in missing]
        hint = f"did you mean {missing[0]} instead of {near[0]}?" if near[0] else None
        return document.diagnose("K8S002", f"missing {' and '.join(missing)}", (), hint=hint)
    wrong = "apiVersion" if not document.api_version else "kind"
    return document.diagnose("K8S002", f"{wrong} must be a string that is not empty", (wrong,))


def _unknown(document: Document, schemas: Schemas) -> Diagnostic:
    version, kind = document.api_version, document.kind
    past = lifecycles().get((version, kind))
    if past is not None and past.is_removed(schemas.kubernetes):
        message = f"Kubernetes {schemas.kubernetes} has no {kind} in {version}, which was removed in {past.removed}"
        return document.diagnose("K8S003", message, ("apiVersion",), hint=past.instead)
    entity = is_entity(document) or version.partition("/")[0].endswith(_NEAR)
    server = "Backstage" if entity else f"Kubernetes {schemas.kubernetes}"
    known = schemas.api_versions_of(kind)
    if entity:
        known = [other for other in known if other.partition("/")[0] in ENTITY_GROUPS]
    core = "." not in version.partition("/")[0]
    same = {other.partition("/")[0] for other in known}
    if known and (core or entity or version.partition("/")[0] in same):
        message = f"{server} has no {kind} in {version}"
        return document.diagnose("K8S003", message, ("apiVersion",), hint=f"{kind} is in {', '.join(known)}")
    kinds = schemas.kinds_of(version)
    if kinds:
        message = f"{server} has no {kind} in {version}"
        return document.diagnose("K8S003", message, ("kind",), hint=suggest(kind, kinds))
    message = f"no schema for {kind} in {version}, so it was not checked"
    return document.diagnose("K8S004", message, ("kind",), effect="advice", severity="notice")
