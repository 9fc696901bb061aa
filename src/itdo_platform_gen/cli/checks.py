"""`platform-gen checks`: everything that is checked, by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

HELP = "list everything that is checked, by code"
EXAMPLES = "platform-gen checks\nplatform-gen checks --format json"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_format

    add_format(parser)


def run(arguments: Namespace) -> int:
    """Print a line for each code."""
    from dataclasses import asdict

    from itdo_platform_gen.cli.output import table, write_json
    from itdo_platform_gen.reports.codes import codes

    known = codes().values()
    if arguments.format == "json":
        write_json([], checks=[asdict(code) for code in known])
    else:
        header = ("CODE", "EFFECT", "SEVERITY", "TITLE")
        print(table([header, *((code.code, code.effect, code.severity, code.title) for code in known)]))
    return 0
