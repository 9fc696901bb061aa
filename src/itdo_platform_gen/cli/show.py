"""`platform-gen show`: one blueprint and what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from itdo_platform_gen.blueprint.blueprint import Blueprint

HELP = "show a blueprint and its parameters"
EXAMPLES = "platform-gen show namespace-bundle"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_blueprints, add_format

    parser.add_argument("blueprint", metavar="BLUEPRINT", help="the blueprint's name")
    add_blueprints(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Print who the blueprint is, and its parameters as a table."""
    from itdo_platform_gen.cli.common import find_catalog
    from itdo_platform_gen.cli.output import table, write_diagnostics, write_json

    blueprint = find_catalog(arguments).find(arguments.blueprint)
    parameters = blueprint.parameters.rows()
    if arguments.format == "json":
        described = {
            "name": blueprint.name,
            "version": blueprint.version,
            "title": blueprint.title,
            "description": blueprint.description,
            "owner": blueprint.owner,
            "tags": list(blueprint.tags),
            "folder": str(blueprint.folder),
            "parameters": [
                {
                    "name": row.name,
                    "type": row.type,
                    "required": row.required,
                    "default": row.default,
                    "description": row.description,
                }
                for row in parameters
            ],
            "schema": blueprint.parameters.schema,
        }
        write_json(blueprint.diagnostics, blueprint=described)
        return 0
    print(_head(blueprint))
    header = ("PARAMETER", "TYPE", "DEFAULT", "DESCRIPTION")
    rows = [
        (row.name, row.type, "(required)" if row.required else row.default_text, row.description) for row in parameters
    ]
    print(table([header, *rows]))
    write_diagnostics(blueprint.diagnostics)
    return 0


def _head(blueprint: Blueprint) -> str:
    made_for = f", for Kubernetes {blueprint.kubernetes}" if blueprint.kubernetes else ""
    return f"{blueprint.name} {blueprint.version}: {blueprint.title}{made_for}\n\n{blueprint.description}\n"
