"""Tekton: the kinds of Pipelines and Triggers, from the OpenAPI definitions in their Go modules.

The webhooks read a document with Go's decoder, which asks for no field and takes a null for any; what they then ask of
single fields stands in `schemas/overlay-tekton.yaml`. Parts that are Kubernetes' own refer to its definitions.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.schema.upstream.go_modules import GoModule
from itdo_platform_gen.schema.upstream.go_openapi import read_openapi
from itdo_platform_gen.schema.upstream.overlay import overlaid, read_overlay, without_null
from itdo_platform_gen.schema.upstream.structure import (
    REFERENCE,
    Definitions,
    Schema,
    nullable,
    reachable,
    references,
    structure,
)
from itdo_platform_gen.schema.upstream.tekton_parts import BY_HAND, FIELDS, PARTS
from itdo_platform_gen.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from itdo_platform_gen.schema.upstream.go_modules import GoArchive

PIPELINE = GoModule("github.com/tektoncd/pipeline", "v1.15.1")
TRIGGERS = GoModule("github.com/tektoncd/triggers", "v0.37.0")

_PIPELINES = "dev.tekton.pipeline"
_TRIGGERS = "dev.tekton.triggers"
_KUBERNETES = ("io.k8s.api.core.v1", "io.k8s.apimachinery.pkg.apis.meta.v1")
_GO = {
    "github.com/tektoncd/pipeline/pkg/apis/pipeline": _PIPELINES,
    "github.com/tektoncd/triggers/pkg/apis/triggers": _TRIGGERS,
    "k8s.io/api/core": "io.k8s.api.core",
    "k8s.io/apimachinery/pkg/apis/meta": "io.k8s.apimachinery.pkg.apis.meta",
}
_VERSIONS = ("v1", "v1beta1", "v1alpha1")
_PIPELINE_KINDS = {
    f"{_PIPELINES}.{version}.{kind}": f"tekton.dev/{version} {kind}"
    for version, kinds in {
        "v1": ("Pipeline", "PipelineRun", "Task", "TaskRun"),
        "v1beta1": ("CustomRun", "Pipeline", "PipelineRun", "StepAction", "Task", "TaskRun"),
        "v1alpha1": ("StepAction", "VerificationPolicy"),
    }.items()
    for kind in kinds
} | {
    f"{_PIPELINES}.{version}.ResolutionRequest": f"resolution.tekton.dev/{version} ResolutionRequest"
    for version in ("v1beta1", "v1alpha1")
}
_TRIGGER_KINDS = {
    f"{_TRIGGERS}.{version}.{kind}": f"triggers.tekton.dev/{version} {kind}"
    for version, kinds in {
        "v1beta1": ("ClusterTriggerBinding", "EventListener", "Trigger", "TriggerBinding", "TriggerTemplate"),
        "v1alpha1": (
            "ClusterInterceptor", "ClusterTriggerBinding", "EventListener", "Interceptor", "Trigger", "TriggerBinding",
            "TriggerTemplate",
        ),
    }.items()
    for kind in kinds
}  # fmt: skip


def pipeline_definitions(archive: GoArchive, kubernetes: Definitions) -> tuple[Definitions, dict[str, str]]:
    """Read the module of Pipelines; gives the definitions by name, and `apiVersion Kind` by that of its own."""
    return _finished(_pipelines(archive, kubernetes), _PIPELINE_KINDS)


def trigger_definitions(
    archive: GoArchive, pipelines: GoArchive, kubernetes: Definitions
) -> tuple[Definitions, dict[str, str]]:
    """Read the module of Triggers, and of Pipelines what it refers to."""
    upstream = read_openapi(archive.read("pkg/apis/triggers/v1beta1/openapi_generated.go"))
    found = {_go_name(name): _decoded(schema, _go_name) for name, schema in upstream.items()}
    return _finished({**_pipelines(pipelines, kubernetes), **found}, _TRIGGER_KINDS)


def _pipelines(archive: GoArchive, kubernetes: Definitions) -> Definitions:
    upstream = {
        version: json.loads(archive.read(f"pkg/apis/pipeline/{version}/swagger.json"))["definitions"]
        for version in _VERSIONS
    }
    own = {name for schemas in upstream.values() for name in schemas}

    def named(name: str) -> str:
        if name in own:
            return f"{_PIPELINES}.{name}"
        last = name.rpartition(".")[2]
        return next((f"{start}.{last}" for start in _KUBERNETES if f"{start}.{last}" in kubernetes), name)

    return {named(name): _decoded(schema, named) for schemas in upstream.values() for name, schema in schemas.items()}


def _finished(definitions: Definitions, kinds: Mapping[str, str]) -> tuple[Definitions, dict[str, str]]:
    known = {**definitions, **BY_HAND}
    for name, fields in FIELDS.items():
        if name in known:
            known[name] = {**known[name], "properties": {**known[name]["properties"], **fields}}
    asked = without_null(overlaid(known, read_overlay(shipped("schemas") / "overlay-tekton.yaml")))
    used = reachable(asked, set(kinds))
    found = {name: _as_tekton(_telling(asked[name])) for name in sorted(used)}
    unknown = {r for schema in found.values() for r in references(schema)} - found.keys()
    strange = sorted(name for name in unknown if not name.startswith(_KUBERNETES))
    if strange:
        raise ValueError(f"definitions that are nowhere: {', '.join(strange)}")
    return found, {name: kind for name, kind in kinds.items() if name in found}


def _decoded(schema: Schema, named: Any) -> Schema:
    """Give what Go's decoder makes of a type: no field is required, and null stands for none of anything."""
    if "$ref" in schema:
        target = named(schema["$ref"].removeprefix(REFERENCE))
        return PARTS.get(target.rpartition("/")[2], {"$ref": REFERENCE + target})
    found = {key: value for key, value in schema.items() if key not in {"required", "items", "properties"}}
    if isinstance(found.get("additionalProperties"), dict):
        found["additionalProperties"] = _decoded(found["additionalProperties"], named)
    if "items" in schema:
        found["items"] = _decoded(schema["items"], named)
    if "properties" in schema:
        found["properties"] = {}
    closed = nullable(structure(found))
    if "properties" in schema:
        closed["properties"] = {
            name: _decoded(schema["properties"][name], named) for name in sorted(schema["properties"])
        }
    return closed


def _go_name(name: str) -> str:
    package, _, kind = name.rpartition(".")
    folder, _, version = package.rpartition("/")
    return f"{_GO[folder]}.{version}.{kind}" if folder in _GO else name


def _telling(schema: Schema) -> Schema:
    """Give a definition in which a null that is refused is so under a code: Go's decoder would have taken it."""
    if "properties" not in schema:
        return schema
    return {**schema, "properties": {name: _told_null(place) for name, place in schema["properties"].items()}}


def _told_null(place: Schema) -> Schema:
    if "items" in place:
        place = {**place, "items": _told_null(place["items"])}
    if not isinstance(place.get("type"), str):
        return place
    told = [*place.get("allOf", ()), {"not": {"type": "null"}, "x-code": "TKN014", "x-says": "a value"}]
    return {**place, "allOf": told, "type": [place["type"], "null"]}


def _as_tekton(schema: Any) -> Any:
    """Give a schema with the codes of Tekton in place of those that the overlay has for Kubernetes."""
    if isinstance(schema, list):
        return [_as_tekton(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: value.replace("K8S01", "TKN01") if key == "x-code" else _as_tekton(value) for key, value in schema.items()
    }
