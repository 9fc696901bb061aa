"""Namings: the places where Tekton's documents name other things of their namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.resource import (
    TRIGGERS,
    is_tekton,
    resources_of,
    spec_of,
    triggers_of,
)
from itdo_platform_gen.checks.pipelines.tasks import task_specs
from itdo_platform_gen.checks.pipelines.uses import uses_in
from itdo_platform_gen.checks.reading import at, mappings, text
from itdo_platform_gen.checks.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.pipelines.tasks import TaskSpec
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_VOLUMES = (
    (("persistentVolumeClaim", "claimName"), "PersistentVolumeClaim"),
    (("configMap", "name"), "ConfigMap"),
    (("secret", "secretName"), "Secret"),
)
_ACCOUNTS = (("spec", "serviceAccountName"), ("spec", "taskRunTemplate", "serviceAccountName"))
_CLUSTER_WIDE = {"ClusterTriggerBinding"}


def namings_in(world: World) -> Iterator[Reference]:
    """Give every naming among the documents of a world, those of what is optional left out."""
    for use in uses_in(world):
        if use.resource.knows(use.name):
            yield _naming(use.resource, use.reference, use.kind, use.name)
    for document in world.documents:
        if is_tekton(document, TRIGGERS):
            yield from _of_triggers(document)
        for resource in resources_of(document) if is_tekton(document) else ():
            for path, kind, name in (*_of_run(resource), *_of_tasks(resource)):
                if resource.knows(name):
                    yield _naming(resource, path, kind, name)


def _naming(resource: Resource, path: Path, kind: str, name: str) -> Reference:
    return Reference(resource.document, (*resource.path, *path), kind, resource.namespace, name)


def _of_run(resource: Resource) -> Iterator[tuple[Path, str, str]]:
    if resource.kind in {"TaskRun", "PipelineRun"}:
        for path in _ACCOUNTS:
            yield path, "ServiceAccount", text(resource.data, *path)
        for index, _ in mappings(spec_of(resource), "taskRunSpecs"):
            for field in ("serviceAccountName", "taskServiceAccountName"):
                place = ("spec", "taskRunSpecs", index, field)
                yield place, "ServiceAccount", text(resource.data, *place)
        for index, workspace in mappings(spec_of(resource), "workspaces"):
            for path, kind in _VOLUMES:
                yield ("spec", "workspaces", index, *path), kind, text(workspace, *path)


def _of_tasks(resource: Resource) -> Iterator[tuple[Path, str, str]]:
    for spec in task_specs(resource):
        for index, volume in mappings(spec.data, "volumes"):
            for path, kind in _VOLUMES:
                if at(volume, path[0], "optional") is not True:
                    yield (*spec.path, "volumes", index, *path), kind, text(volume, *path)
        yield from _of_containers(spec)


def _of_containers(spec: TaskSpec) -> Iterator[tuple[Path, str, str]]:
    holders = [(each.path, each.data) for each in (*spec.steps, *spec.sidecars)]
    for path, container in (*holders, ((*spec.path, "stepTemplate"), spec.template)):
        for index, variable in mappings(container, "env"):
            for key, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
                if at(variable, "valueFrom", key, "optional") is not True:
                    place = ("env", index, "valueFrom", key, "name")
                    yield (*path, *place), kind, text(variable, "valueFrom", key, "name")
        for index, source in mappings(container, "envFrom"):
            for key, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
                if at(source, key, "optional") is not True:
                    yield (*path, "envFrom", index, key, "name"), kind, text(source, key, "name")


def _of_triggers(document: Document) -> Iterator[Reference]:
    account = ("spec", "serviceAccountName")
    places: list[tuple[Path, str]] = [(account, "ServiceAccount")] if document.kind == "EventListener" else []
    for path in triggers_of(document):
        places += [((*path, "template", "ref"), "TriggerTemplate"), ((*path, "triggerRef"), "Trigger")]
        places.append(((*path, "serviceAccountName"), "ServiceAccount"))
        for index, binding in mappings(document.data, *path, "bindings"):
            places.append(((*path, "bindings", index, "ref"), text(binding, "kind") or "TriggerBinding"))
        for index, interceptor in mappings(document.data, *path, "interceptors"):
            for number, parameter in mappings(interceptor, "params"):
                where = (*path, "interceptors", index, "params", number, "value", "secretName")
                if text(parameter, "name") == "secretRef":
                    places.append((where, "Secret"))
    for place, kind in dict.fromkeys(places):
        name = text(document.data, *place)
        if name:
            yield Reference(document, place, kind, "" if kind in _CLUSTER_WIDE else document.namespace, name)
