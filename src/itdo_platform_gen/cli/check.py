"""`platform-gen check`: whether the tree is what its platform file gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

HELP = "tell whether the files are what the platform file gives; exit with 1 on drift"
EXAMPLES = "platform-gen check\nplatform-gen check examples/itdo-erp/platform.yaml --format json"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_format, add_platform

    add_platform(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Print what differs, and write nothing."""
    from itdo_platform_gen.cli.changes import changes_json, print_changes
    from itdo_platform_gen.cli.common import find_platform
    from itdo_platform_gen.cli.output import write_diagnostics, write_json
    from itdo_platform_gen.platform.drift import compare

    comparison = compare(find_platform(arguments))
    if arguments.format == "json":
        write_json(comparison.diagnostics, **changes_json(comparison))
    else:
        write_diagnostics(comparison.diagnostics)
        print_changes(comparison, done=False)
    return 0 if comparison.is_clean else 1
