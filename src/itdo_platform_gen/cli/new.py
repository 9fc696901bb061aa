"""`platform-gen new`: a repository from a blueprint, in a folder of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from itdo_platform_gen.blueprint.blueprint import Blueprint
    from itdo_platform_gen.blueprint.values import Given, Values
    from itdo_platform_gen.diagnostics import Diagnostic

HELP = "make a repository from a blueprint, in a new folder"
EXAMPLES = (
    "platform-gen new fastapi-service ./orders --set name=orders --set owner=team-orders\n"
    "platform-gen new fastapi-service ./orders        at a terminal, it asks for what is missing"
)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_blueprints, add_format, add_values

    parser.add_argument("blueprint", metavar="BLUEPRINT", help="the blueprint's name")
    parser.add_argument("destination", metavar="DEST", type=Path, help="a folder that is not there yet, or empty")
    add_values(parser)
    add_blueprints(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Write the repository, whole or not at all, and say how many files it has."""
    from itdo_platform_gen.cli.common import find_catalog
    from itdo_platform_gen.cli.given import sources
    from itdo_platform_gen.cli.output import write_diagnostics, write_json
    from itdo_platform_gen.cli.questions import asked
    from itdo_platform_gen.errors import DiagnosticsError
    from itdo_platform_gen.platform.repository import destination_fault, make_repository
    from itdo_platform_gen.render.render import render_files

    blueprint = find_catalog(arguments).find(arguments.blueprint)
    fault = destination_fault(arguments.destination) or _no_content(blueprint) or _uncommitted(arguments.destination)
    if fault is not None:
        raise DiagnosticsError([fault])
    values = asked(blueprint, (_provenance(blueprint), *sources(arguments, blueprint.parameters.shape())))
    bundle = render_files(blueprint, values)
    make_repository(bundle, arguments.destination)
    unknown = _unpublished(blueprint, values, arguments.destination)
    diagnostics = [*blueprint.diagnostics, *values.diagnostics, *unknown]
    if arguments.format == "json":
        write_json(diagnostics, files=list(bundle))
        return 0
    write_diagnostics(diagnostics)
    count = len(bundle)
    print(f"{arguments.destination}: {count} file{'s' if count != 1 else ''} from {blueprint.name} {blueprint.version}")
    return 0


def _no_content(blueprint: Blueprint) -> Diagnostic | None:
    from itdo_platform_gen.diagnostics import Diagnostic

    if blueprint.content:
        return None
    message, hint = (
        f"{blueprint.name} makes manifests, and no repository",
        "list it in a platform file, and render that",
    )
    return Diagnostic("PLT011", message, str(blueprint.folder), hint=hint)


def _provenance(blueprint: Blueprint) -> Given:
    """Give the values that say where the template is kept, as far as git knows it."""
    from itdo_platform_gen.blueprint.values import taken
    from itdo_platform_gen.platform.git import published

    found = published(blueprint.folder) if blueprint.provenance else None
    known = {"source": found.source, "version": found.version} if found else {}
    return taken({blueprint.provenance[part]: value for part, value in known.items() if part in blueprint.provenance})


def _unpublished(blueprint: Blueprint, values: Values, destination: Path) -> list[Diagnostic]:
    """Tell where nobody could find the template again, as when it comes from an installed package."""
    from itdo_platform_gen.diagnostics import Diagnostic

    unknown = [name for name in blueprint.provenance.values() if not values.data.get(name)]
    if not unknown:
        return []
    message = "it does not say where its template is kept, so it cannot be updated"
    words = " ".join(f"--set {name}=…" for name in unknown)
    hint = f"make it with {words}, or from a clone of the template's repository"
    return [Diagnostic("PLT013", message, str(destination), hint=hint, effect="advice", severity="notice")]


def _uncommitted(destination: Path) -> Diagnostic | None:
    """Tell of changes in the repository around a place, among which what is made here could not be told apart."""
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.platform.git import changed_around

    around = changed_around(destination)
    if around is None:
        return None
    message = f"it would lie in the git repository {around}, which has changes that are not committed"
    return Diagnostic("PLT010", message, str(destination), hint="commit or stash them first, or choose another place")
