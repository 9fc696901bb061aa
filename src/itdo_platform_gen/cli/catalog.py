"""`platform-gen catalog`: what stands in Backstage's catalog for everything that a platform renders."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

HELP = "print the entities of Backstage's catalog that follow from a platform file"
EXAMPLES = "platform-gen catalog\nplatform-gen catalog examples/itdo-erp/platform.yaml > catalog-info.yaml"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_format, add_platform

    add_platform(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Print the entities of each rendering, behind a comment with its folder."""
    from itdo_platform_gen.cli.output import write_files
    from itdo_platform_gen.platform.platform import load_platform

    rendered = load_platform(arguments.platform).render()
    write_files(rendered.entities, rendered.diagnostics, arguments.format)
    return 0
