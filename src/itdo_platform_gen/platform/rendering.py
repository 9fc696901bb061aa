"""Rendering: one blueprint with values for a target, all the way from what was given to a checked bundle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.values import taken
from itdo_platform_gen.checks.check import check
from itdo_platform_gen.checks.group import is_entity
from itdo_platform_gen.checks.settings import Settings
from itdo_platform_gen.checks.world import World
from itdo_platform_gen.diagnostics import Diagnostic, has_errors, in_order
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.render.render import render_files
from itdo_platform_gen.schema.store import Schemas, kubernetes_versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from itdo_platform_gen.blueprint.blueprint import Blueprint
    from itdo_platform_gen.blueprint.values import Given, Values
    from itdo_platform_gen.render.bundle import Bundle, File
    from itdo_platform_gen.syntax.mark import Mark


def render_blueprint(
    blueprint: Blueprint,
    values: Mapping[str, object] | Sequence[Given],
    *,
    kubernetes: str | None = None,
    at: Mark | None = None,
) -> Bundle:
    """Render a blueprint and check every document.

    Takes values as plain data or as sources with marks, of which a later one goes before an earlier one; `kubernetes`
    is the minor version to check for, by default the latest the blueprint is made for; `at` is the place to blame for
    what is missing. The bundle carries the warnings.

    Raises DiagnosticsError with everything that is wrong with the values, else with the templates' evaluation, else
    with the documents; and UnknownTargetError where there are no schemas for the version.
    """
    sources = (taken(values),) if isinstance(values, Mapping) else tuple(values)
    version = target(blueprint, kubernetes, at)
    return make(blueprint, blueprint.values(sources, at), version)


def make(blueprint: Blueprint, values: Values, kubernetes: str, settings: Settings | None = None) -> Bundle:
    """Render a blueprint with checked values for a Kubernetes version, and check every document.

    `settings` are those of the platform, if there is one.

    Raises DiagnosticsError with what is wrong with the templates' evaluation, else with the documents.
    """
    bundle = render_files(blueprint, values)
    links = [path for path, file in bundle.items() if file.link is not None]
    if links:
        message = "a link, which is not written among manifests"
        raise DiagnosticsError([Diagnostic("CNT003", message, path, hint="put a file there") for path in links])
    settings = settings or Settings()
    world = World(bundle.documents, kubernetes, settings.pod_security, settings.external)
    verdict = check(world, Schemas(kubernetes, settings.schemas), settings=settings)
    if has_errors(verdict.diagnostics):
        raise DiagnosticsError(verdict.diagnostics)
    diagnostics = tuple(in_order([*blueprint.diagnostics, *values.diagnostics, *verdict.diagnostics]))
    return replace(bundle, diagnostics=diagnostics, turned_off=verdict.turned_off)


def check_entities(
    entities: Iterable[File], files: Iterable[File], kubernetes: str | None, settings: Settings
) -> tuple[Diagnostic, ...]:
    """Check the entities of Backstage's catalog that follow from all renderings, and those among their files.

    Gives the warnings. Raises DiagnosticsError where there are errors.
    """
    found = {id(document): document for file in (*entities, *files) for document in file.documents}
    documents = [document for document in found.values() if is_entity(document)]
    if not documents:
        return ()
    version = kubernetes or kubernetes_versions()[-1]
    world = World(documents, version, external=settings.external)
    verdict = check(world, Schemas(version, settings.schemas), settings=settings)
    if has_errors(verdict.diagnostics):
        raise DiagnosticsError(verdict.diagnostics)
    return verdict.diagnostics


def target(blueprint: Blueprint, asked: str | None, at: Mark | None = None) -> str:
    """Give the Kubernetes version to check for: the one asked for, else the latest the blueprint is made for.

    Raises DiagnosticsError, at the place to blame, where the blueprint is not made for it, and UnknownTargetError where
    there are no schemas for it.
    """
    if asked is not None:
        Schemas(asked)
    known = kubernetes_versions()
    if blueprint.kubernetes is not None:
        first, _, last = blueprint.kubernetes.partition("..")
        known = tuple(v for v in known if _minor(first) <= _minor(v) <= _minor(last or first))
    if asked is None and known:
        return known[-1]
    if asked in known:
        return str(asked)
    message = f"{blueprint.name} is not made for Kubernetes {asked}"
    hint = f"there is: {', '.join(known)}"
    if not known:
        message = f"{blueprint.name} is made for Kubernetes {blueprint.kubernetes}, of which there are no schemas"
        hint = f"there is: {', '.join(kubernetes_versions())}"
    raise DiagnosticsError(
        [at.diagnose("PLT002", message, hint=hint) if at else Diagnostic("PLT002", message, hint=hint)]
    )


def _minor(version: str) -> int:
    return int(version.partition(".")[2])
