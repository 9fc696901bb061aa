"""Reading of CRDs: from a CustomResourceDefinition to what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from itdo_platform_gen.schema.custom import CustomDefinition, CustomKind
from itdo_platform_gen.schema.custom_structure import OBJECT_META, draft_7
from itdo_platform_gen.schema.validator import check_schema

if TYPE_CHECKING:
    from itdo_platform_gen.schema.violation import Json, Path

API_VERSION, KIND = "apiextensions.k8s.io/v1", "CustomResourceDefinition"
_OLD = "apiextensions.k8s.io/v1beta1"

_KEPT = frozenset(
    {
        "default", "enum", "exclusiveMaximum", "exclusiveMinimum", "format", "maxItems", "maxLength", "maxProperties",
        "maximum", "minItems", "minLength", "minProperties", "minimum", "multipleOf", "nullable", "pattern",
        "required", "type", "uniqueItems", "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string",
        "x-kubernetes-list-map-keys", "x-kubernetes-list-type", "x-kubernetes-preserve-unknown-fields",
    }
)  # fmt: skip
_RULE_PARTS = ("fieldPath", "message", "messageExpression", "optionalOldSelf", "rule")
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a document from being a CRD whose kinds can be checked."""

    code: str
    path: Path
    message: str
    hint: str | None = None


def read_crd(data: object) -> CustomDefinition | Fault:
    """Give what is kept of a CRD, or why it cannot be."""
    fault = _foreign(data)
    if fault is not None:
        return fault
    spec = _mapping(_mapping(data).get("spec"))
    names, versions = _mapping(spec.get("names")), spec.get("versions")
    group, plural, kind = spec.get("group"), names.get("plural"), names.get("kind")
    if not isinstance(group, str) or not isinstance(plural, str) or not isinstance(kind, str):
        return Fault("SCH004", ("spec",), "expected a group and names with plural and kind")
    if "/" in group + plural or "\\" in group + plural:
        return Fault("SCH004", ("spec", "group"), "a group and a plural have no slash")
    kinds: list[CustomKind] = []
    for place, version in enumerate(versions if isinstance(versions, list) else ()):
        found = _version(_mapping(version), group, kind, ("spec", "versions", place))
        if isinstance(found, Fault):
            return found
        kinds += found
    if not kinds:
        return Fault("SCH003", ("spec", "versions"), "no version is served", "a version needs `served: true`")
    return CustomDefinition(f"{plural}.{group}", tuple(kinds))


def kept(schema: object, depth: int = 0) -> dict[str, Json]:
    """Give a schema without what only people read."""
    given = _mapping(schema) if depth <= _DEEPEST else {}
    found: dict[str, Json] = {key: value for key, value in given.items() if key in _KEPT}
    if "properties" in given:
        found["properties"] = {str(k): kept(v, depth + 1) for k, v in _mapping(given["properties"]).items()}
    for key in ("allOf", "anyOf", "oneOf"):
        if isinstance(given.get(key), list):
            found[key] = [kept(branch, depth + 1) for branch in given[key]]
    for key in ("items", "not", "additionalProperties"):
        if isinstance(given.get(key), dict):
            found[key] = kept(given[key], depth + 1)
        elif isinstance(given.get(key), bool):
            found[key] = given[key]
    rules = given.get("x-kubernetes-validations")
    if isinstance(rules, list):
        found["x-kubernetes-validations"] = [
            {part: rule[part] for part in _RULE_PARTS if part in rule} for rule in rules if isinstance(rule, dict)
        ]
    return found


def _foreign(data: object) -> Fault | None:
    document = _mapping(data)
    version, kind = document.get("apiVersion"), document.get("kind")
    if kind != KIND:
        return Fault("SCH001", ("kind",), f"expected a {KIND}, got {kind or 'a document without kind'}")
    if version == _OLD:
        hint = f"convert it to {API_VERSION}: `kubectl get crd NAME -o yaml` of a cluster gives it so"
        return Fault("SCH002", ("apiVersion",), f"{_OLD} was removed in Kubernetes 1.22", hint)
    if version != API_VERSION:
        return Fault("SCH001", ("apiVersion",), f"expected {API_VERSION}, got {version}")
    return None


def _version(version: dict[str, Json], group: str, kind: str, path: Path) -> list[CustomKind] | Fault:
    if version.get("served") is not True:
        return []
    name, schema = version.get("name"), _mapping(version.get("schema")).get("openAPIV3Schema")
    if not isinstance(name, str):
        return Fault("SCH004", path, "a version needs a name")
    if not isinstance(schema, dict):
        hint = "every version needs schema.openAPIV3Schema"
        return Fault("SCH003", path, f"version {name} has no schema", hint)
    found = CustomKind(f"{group}/{name}", kind, kept(schema), "status" in _mapping(version.get("subresources")))
    if schema.get("type") != "object":
        place = (*path, "schema", "openAPIV3Schema")
        return Fault("SCH004", place, "the schema of a kind needs `type: object`")
    wrong = check_schema({**draft_7(found), "definitions": {OBJECT_META: {}}})
    if wrong:
        first = wrong[0]
        place = (*path, "schema", "openAPIV3Schema", *first.path)
        return Fault("SCH004", place, f"no schema that can be checked: {first.message}", first.hint)
    return [found]


def _mapping(value: object) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
