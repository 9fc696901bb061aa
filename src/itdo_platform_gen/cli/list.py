"""`platform-gen list`: the blueprints there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from itdo_platform_gen.blueprint.headline import Headline
    from itdo_platform_gen.diagnostics import Diagnostic

HELP = "list the blueprints there are"
EXAMPLES = "platform-gen list\nplatform-gen list --blueprints ./blueprints --format json"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_blueprints, add_format

    add_blueprints(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Print a line for each blueprint."""
    from itdo_platform_gen.blueprint.headline import headline
    from itdo_platform_gen.cli.common import find_catalog
    from itdo_platform_gen.cli.output import table, write_diagnostics, write_json
    from itdo_platform_gen.errors import DiagnosticsError

    lines: list[Headline] = []
    problems: list[Diagnostic] = []
    for folder in find_catalog(arguments).all().values():
        try:
            lines.append(headline(folder))
        except DiagnosticsError as error:
            problems += error.diagnostics
    if arguments.format == "json":
        blueprints = [{"name": h.name, "version": h.version, "title": h.title, "folder": str(h.folder)} for h in lines]
        write_json(problems, blueprints=blueprints)
    else:
        if lines:
            print(table([(line.name, line.version, line.title) for line in lines]))
        write_diagnostics(problems)
    return 1 if problems else 0
