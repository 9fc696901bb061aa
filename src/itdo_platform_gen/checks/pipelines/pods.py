"""Pods: what Tekton makes of a Task, with its steps and sidecars as containers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.pods import Pod
from itdo_platform_gen.checks.reading import items, mapping

if TYPE_CHECKING:
    from itdo_platform_gen.syntax.node import Path

_RESOURCES = "computeResources"


class TaskPod(Pod):
    """The pod of a Task, whose containers stand where its steps and sidecars do."""

    @cached_property
    def spec_path(self) -> Path:
        """Where the Task's spec stands."""
        return self.path

    @cached_property
    def _containers(self) -> dict[str, list[tuple[Path, dict[str, Any]]]]:
        lists = {"containers": ("steps", "sidecars"), "initContainers": (), "ephemeralContainers": ()}
        template = mapping(self.spec, "stepTemplate")
        return {
            name: [
                ((*self.path, field, index), _container(each, template if field == "steps" else {}))
                for field in fields
                for index, each in enumerate(items(self.spec, field))
                if isinstance(each, dict)
            ]
            for name, fields in lists.items()
        }


def _container(step: dict[str, Any], template: dict[str, Any]) -> dict[str, Any]:
    """Give the container that a step becomes, with what it has from the template."""
    context = {**mapping(template, "securityContext"), **mapping(step, "securityContext")}
    container = {**template, **step, "securityContext": context}
    for part in (template, step):
        if isinstance(part.get(_RESOURCES), dict):
            container["resources"] = part[_RESOURCES]
    return container
