"""Rendered: the steps of every Task of the blueprint, taken out of the rendered YAML."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from conformance.sources import ROOT
from templates import rendered

if TYPE_CHECKING:
    from collections.abc import Mapping

BLUEPRINT = ROOT / "blueprints/tekton-pipeline"
TEMPLATES = BLUEPRINT / "manifests/tasks"
_IMAGES = (
    *("buildah", "cosign", "curl", "git", "gitleaks", "go", "k6", "kubectl"),
    *("nodejs", "python", "rust", "shell", "syft", "trivy"),
)
VALUES: dict[str, object] = {
    "name": "universal-pipeline",
    "namespace": "ci",
    "languages": ["python", "nodejs", "go", "rust"],
    "images": {key: f"registry.example/{key}@sha256:{'0' * 64}" for key in _IMAGES},
    "provider_secret": "provider",
    "signing_secret": "signing",
}
"""What the Tasks take of the blueprint's values; an image's name tells the tool in it."""


@dataclass(frozen=True)
class Step:
    """A step of a Task, with what its template gives every step."""

    task: str
    name: str
    tool: str
    script: str
    arguments: tuple[str, ...]
    variables: Mapping[str, str]
    secrets: frozenset[str]
    parameters: Mapping[str, str | None]
    """Each parameter of the Task, with its default."""
    mounts: tuple[str, ...]
    security: Mapping[str, Any] = field(default_factory=dict)
    resources: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Name it as a test shows it."""
        return f"{self.task}-{self.name}"


@cache
def tasks(languages: tuple[str, ...] = ("python", "nodejs", "go", "rust")) -> dict[str, dict[str, Any]]:
    """Render every Task, by its name."""
    found: dict[str, dict[str, Any]] = {}
    for template in sorted(TEMPLATES.glob("*.yaml")):
        values = VALUES | {"languages": list(languages)}
        for document in rendered(template.read_text("utf-8"), values).documents:
            assert isinstance(document, dict)
            found[document["metadata"]["name"]] = document
    return found


def steps(task: str, languages: tuple[str, ...] = ("python", "nodejs", "go", "rust")) -> dict[str, Step]:
    """Give the steps of a Task in their order, by name."""
    spec = tasks(languages)[task]["spec"]
    return {step["name"]: _step(task, spec, step) for step in spec["steps"]}


def all_steps() -> list[Step]:
    """Give every step of every Task."""
    return [step for task in tasks() for step in steps(task).values()]


def _step(task: str, spec: dict[str, Any], step: dict[str, Any]) -> Step:
    template = spec["stepTemplate"]
    entries = {entry["name"]: entry for entry in [*template.get("env", []), *step.get("env", [])]}
    return Step(
        task=task,
        name=step["name"],
        tool=step["image"].partition("@")[0].rpartition("/")[2],
        script=step.get("script", ""),
        arguments=tuple(step.get("args", [])),
        variables={name: entry["value"] for name, entry in entries.items() if "value" in entry},
        secrets=frozenset(name for name, entry in entries.items() if "valueFrom" in entry),
        parameters={parameter["name"]: parameter.get("default") for parameter in spec.get("params", [])},
        mounts=tuple(mount["mountPath"] for mount in template["volumeMounts"]),
        security=template["securityContext"] | step.get("securityContext", {}),
        resources=step.get("computeResources", template.get("computeResources", {})),
    )
