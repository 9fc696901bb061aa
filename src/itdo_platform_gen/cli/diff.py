"""`platform-gen diff`: what rendering would change, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

HELP = "show what rendering would change, as a unified diff; exit with 1 where there is something"
EXAMPLES = "platform-gen diff\nplatform-gen diff examples/itdo-erp/platform.yaml"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_format, add_platform

    add_platform(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Print a diff for each file that would change."""
    from itdo_platform_gen.cli.changes import changes_json
    from itdo_platform_gen.cli.common import find_platform
    from itdo_platform_gen.cli.output import write_diagnostics, write_json
    from itdo_platform_gen.platform.drift import compare, unified
    from itdo_platform_gen.syntax.source import shown

    comparison = compare(find_platform(arguments))
    changed = [change for change in comparison.plan if change.action != "unchanged"]
    if arguments.format == "json":
        diffs = {str(comparison.platform.root / change.path): unified(change) for change in changed}
        write_json(comparison.diagnostics, **changes_json(comparison), diffs=diffs)
    else:
        for change in changed:
            print(unified(change), end="")
        write_diagnostics([*comparison.diagnostics, *comparison.plan.conflicts(shown(comparison.platform.root))])
    return 0 if comparison.is_clean else 1
