"""`platform-gen update`: a repository brought to another version of the template that it was made from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

HELP = "bring a repository to the latest version of its template, and keep what people changed"
EXAMPLES = "platform-gen update ./orders\nplatform-gen update --to v2.0.0 --set team=orders"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_format, add_set

    parser.add_argument(
        "repository",
        metavar="FOLDER",
        type=Path,
        nargs="?",
        default=Path(),
        help="the repository, whichever door made it (default: the working folder)",
    )
    parser.add_argument("--to", metavar="VERSION", default=None, help="a tag or commit (default: the latest tag)")
    add_set(parser, "a value that the new version asks for, or another one than before")
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Update, and say what changed; conflicts are findings."""
    from itdo_platform_gen.blueprint.values import merged
    from itdo_platform_gen.cli.given import assigned
    from itdo_platform_gen.cli.output import write_json
    from itdo_platform_gen.platform.update import update_repository

    found = update_repository(arguments.repository, arguments.to, merged(assigned(arguments, {})))
    if arguments.format == "json":
        update = {"from": found.before, "to": found.after}
        write_json([], **update, changed=list(found.changed), conflicts=list(found.conflicts))
    else:
        for path in found.changed:
            print(f"{'conflict' if path in found.conflicts else 'changed'}: {path}")
        count = len(found.changed)
        files = f"{count} file{'s' if count != 1 else ''}"
        print(f"{found.before} to {found.after}: {files} changed, {len(found.conflicts)} with conflicts")
    return 1 if found.conflicts else 0
