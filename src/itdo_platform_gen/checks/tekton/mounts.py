"""What steps and workspaces mount is a volume of the Task, at a place where nothing of Tekton's is."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.containers import repeated
from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.pipelines.tasks import each_task
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.tasks import TaskSpec
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.syntax.node import Path

_OWN = "/tekton/"
_HOME = "/tekton/home"
_INTERNAL = "tekton-internal-"
_POD_TEMPLATES = (("podTemplate",), ("taskRunTemplate", "podTemplate"))


def _look(spec: TaskSpec) -> Iterator[Finding]:
    holders = [(step.path, step.data) for step in spec.steps if not step.is_reference]
    if holders:
        holders.append(((*spec.path, "stepTemplate"), spec.template))
    for path, holder in holders:
        yield from _forms(spec, path, holder)
    holders += [(sidecar.path, sidecar.data) for sidecar in spec.sidecars]
    for path, holder in holders:
        yield from _volumes(spec, path, holder)
    yield from _workspaces(spec)


def _forms(spec: TaskSpec, path: Path, holder: object) -> Iterator[Finding]:
    for index, mount in mappings(holder, "volumeMounts"):
        place, name = _clean(text(mount, "mountPath")), text(mount, "name")
        if place.startswith(_OWN) and not place.startswith(_HOME):
            message = f"expected a path outside {_OWN}, where Tekton keeps its own files, got {place}"
            yield spec.resource.find((*path, "volumeMounts", index, "mountPath"), message, "mount it elsewhere")
        if name.startswith(_INTERNAL):
            message = f"expected a volume of the Task, got {show(name)}, which is Tekton's own"
            yield spec.resource.find((*path, "volumeMounts", index, "name"), message)


def _volumes(spec: TaskSpec, path: Path, holder: object) -> Iterator[Finding]:
    known = {text(volume, "name") for _, volume in mappings(spec.data, "volumes")}
    for holder_path in _POD_TEMPLATES:
        known |= {text(volume, "name") for _, volume in mappings(spec.resource.data, "spec", *holder_path, "volumes")}
    is_open = spec.resource.kind in {"Task", "Pipeline"}  # whose runs may bring volumes in by a podTemplate
    for index, mount in mappings(holder, "volumeMounts"):
        name = text(mount, "name")
        if spec.resource.knows(name) and name not in known and not name.startswith(_INTERNAL):
            message = f"expected a volume of the Task, got {show(name)}"
            place = (*path, "volumeMounts", index, "name")
            hint = suggest(name, known) or "add it to volumes:"
            if is_open:
                yield spec.resource.find(place, message, hint, "advice", "warning")
            else:
                yield spec.resource.find(place, message, hint, "fails")
    places = (
        ((*path, "volumeMounts", index, "mountPath"), mount.get("mountPath"))
        for index, mount in mappings(holder, "volumeMounts")
    )
    for place_path, where in repeated(places):
        yield spec.resource.find(place_path, f"expected one volume at each path, got another at {where}", None, "fails")


def _workspaces(spec: TaskSpec) -> Iterator[Finding]:
    holders = [*(step.data for step in spec.steps), spec.template]
    taken = {_clean(text(mount, "mountPath")) for holder in holders for _, mount in mappings(holder, "volumeMounts")}
    for index, workspace in mappings(spec.data, "workspaces"):
        where = _clean(text(workspace, "mountPath") or f"/workspace/{text(workspace, 'name')}")
        if where in taken and text(workspace, "name") not in spec.workspaces[:index]:
            message = f"expected a mount path of its own for the workspace, got {where}"
            yield spec.resource.find((*spec.path, "workspaces", index, "mountPath"), message)
        taken.add(where)


def _clean(path: str) -> str:
    cleaned = posixpath.normpath(path)
    return cleaned[1:] if cleaned.startswith("//") else cleaned


_GOOD = task("""\
volumes: [{name: cache, emptyDir: {}}]
steps:
  - name: compile
    image: IMAGE
    command: [make]
    volumeMounts: [{name: cache, mountPath: /var/cache/make}]
""")

RULE = Rule(
    code="TKN107",
    title="mounts of steps and workspaces",
    effect="refused",
    reason="Each volume and workspace needs a place of its own in the containers, and Tekton keeps /tekton to itself.",
    fix="name a volume of the Task, and mount it where nothing else is",
    good=_GOOD,
    bad=_GOOD.replace("/var/cache/make", "/tekton/cache"),
    document=each_task(_look),
    kinds=SPEC_KINDS,
)
