"""Documents are in version v1, and have no fields that it left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS, resources_of
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_CURRENT = "v1"
_OF_PIPELINE_RUNS = {
    "serviceAccountName": "taskRunTemplate: {serviceAccountName: …}",
    "podTemplate": "taskRunTemplate: {podTemplate: …}",
    "timeout": "timeouts: {pipeline: …}",
    "taskServiceAccountName": "serviceAccountName",
    "taskPodTemplate": "podTemplate",
    "stepOverrides": "stepSpecs",
    "sidecarOverrides": "sidecarSpecs",
}
_OF_TASK_RUNS = {"stepOverrides": "stepSpecs", "sidecarOverrides": "sidecarSpecs"}
_GONE = "params and workspaces, since there are no PipelineResources any more"
_BUNDLE = "resolver: bundles with params: bundle, name and kind"


def _find(document: Document, _: World) -> Iterator[Finding]:
    for resource in resources_of(document):
        if resource.version == "v1beta1":
            message = f"{resource.kind} in v1beta1 is deprecated"
            hint = "platform-gen convert writes it in tekton.dev/v1, and keeps the comments"
            yield resource.find(("apiVersion",), message, hint, "advice", "warning")
        for path, name, instead, refused in _left(resource.data, (), resource.kind):
            if resource.version == _CURRENT or refused:
                message = f"expected no {name}, which version v1 left behind"
                yield resource.find(path, message, f"write {instead}", at_key=True)


def _left(data: Any, path: Path, kind: str) -> Iterator[tuple[Path, str, str, bool]]:
    """Give the fields that v1 has not, with what it has instead, and whether v1beta1 refuses them too."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _left(item, (*path, index), kind)
    if not isinstance(data, dict) or path[:1] == ("metadata",):
        return
    holder = path[-1] if path and isinstance(path[-1], str) else path[-2] if path else ""
    for key, value in data.items():
        place = (*path, str(key))
        instead, refused = _instead(str(holder), str(key), path, kind)
        if instead and value is not None:
            yield place, str(key), instead, refused
        elif key not in {
            "params",
            "default",
            "value",
            "properties",
            "podTemplate",
            "computeResources",
            "workspaces",
            "volumes",
        }:
            yield from _left(value, place, kind)


def _instead(holder: str, key: str, path: Path, kind: str) -> tuple[str, bool]:
    if key == "bundle" and holder in {"taskRef", "pipelineRef"}:
        return _BUNDLE, True
    if key == "resources" and holder in {"steps", "stepTemplate", "sidecars"}:
        return "computeResources", False
    if key == "resources" and holder in {"spec", "tasks", "finally", "taskSpec", "pipelineSpec"}:
        return _GONE, True
    if kind == "PipelineRun" and (len(path) == 1 or holder == "taskRunSpecs"):
        return _OF_PIPELINE_RUNS.get(key, "") if (len(path) == 1) == (key in _RUN_KEYS) else "", False
    if kind == "TaskRun" and len(path) == 1:
        return _OF_TASK_RUNS.get(key, ""), False
    return "", False


_RUN_KEYS = ("serviceAccountName", "podTemplate", "timeout")

_GOOD = task("""\
steps:
  - {name: compile, image: IMAGE, command: [make], computeResources: {requests: {memory: 1Gi}}}
""")

RULE = Rule(
    code="TKN180",
    title="versions of Tekton",
    effect="refused",
    reason="Version v1 is what Tekton goes on with; v1beta1 is served for a while, and some of its fields do nothing.",
    fix="write it in tekton.dev/v1",
    good=_GOOD,
    bad=_GOOD.replace("/v1", "/v1beta1").replace("computeResources", "resources"),
    document=_find,
    kinds=SPEC_KINDS,
    instead_of="K8S001",
)
