"""`platform-gen render`: everything a platform file lists, onto disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

HELP = "render everything a platform file lists"
EXAMPLES = "platform-gen render\nplatform-gen render examples/itdo-erp/platform.yaml\nplatform-gen render --exit-code"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_format, add_platform

    add_platform(parser)
    parser.add_argument("--exit-code", action="store_true", help="exit with 1 where something was changed, for hooks")
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Write what differs: all of it, or nothing."""
    from itdo_platform_gen.cli.changes import changes_json, print_changes
    from itdo_platform_gen.cli.common import find_platform
    from itdo_platform_gen.cli.output import write_diagnostics, write_json
    from itdo_platform_gen.platform.drift import compare

    comparison = compare(find_platform(arguments))
    comparison.apply()
    if arguments.format == "json":
        write_json(comparison.diagnostics, **changes_json(comparison))
    else:
        write_diagnostics(comparison.diagnostics)
        print_changes(comparison, done=True)
    return 1 if arguments.exit_code and not comparison.is_clean else 0
