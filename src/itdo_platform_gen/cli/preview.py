"""`platform-gen preview`: what a blueprint gives, on standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

HELP = "render a blueprint to standard output; nothing is written"
EXAMPLES = (
    "platform-gen preview namespace-bundle --set name=alice --set owner=alice --set team=orders\n"
    "platform-gen preview namespace-bundle --values environment.yaml | kubectl apply -f -"
)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_blueprints, add_format, add_target, add_values

    parser.add_argument("blueprint", metavar="BLUEPRINT", help="the blueprint's name")
    add_values(parser)
    add_target(parser)
    add_blueprints(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Print every document, each behind a comment with its file."""
    from itdo_platform_gen.cli.common import find_catalog
    from itdo_platform_gen.cli.given import sources
    from itdo_platform_gen.cli.output import write_files
    from itdo_platform_gen.platform.rendering import render_blueprint

    blueprint = find_catalog(arguments).find(arguments.blueprint)
    bundle = render_blueprint(blueprint, sources(arguments, blueprint.parameters.shape()), kubernetes=arguments.target)
    write_files(bundle, bundle.diagnostics, arguments.format)
    return 0
