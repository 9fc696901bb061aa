"""`platform-gen validate`: any Kubernetes YAML, strict and offline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.mark import Text

HELP = "check any Kubernetes YAML, strict and offline"
EXAMPLES = (
    "platform-gen validate deploy/*.yaml --target kubernetes=1.34\nhelm template ./chart | platform-gen validate -"
)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_format, add_target

    parser.add_argument("files", metavar="FILE", nargs="+", help="a YAML file, of one document or several, or -")
    add_target(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Print what a server would refuse."""
    from itdo_platform_gen.checks.validate import validate
    from itdo_platform_gen.cli.given import read_input
    from itdo_platform_gen.cli.output import count, write_diagnostics, write_json
    from itdo_platform_gen.diagnostics import has_errors, summary
    from itdo_platform_gen.errors import DiagnosticsError
    from itdo_platform_gen.syntax.source import read_text, shown

    texts: list[Text] = []
    found: list[Diagnostic] = []
    for name in arguments.files:
        try:
            texts.append(read_input() if name == "-" else read_text(Path(name), shown(Path(name))))
        except DiagnosticsError as error:
            found += error.diagnostics
    documents, findings = validate(texts, kubernetes=arguments.target)
    found += findings
    if arguments.format == "json":
        write_json(found, documents=len(documents))
    else:
        import sys

        write_diagnostics(found, sys.stdout)
        counts = summary(found)
        findings_text = ", ".join(count(number, name[:-1]) for name, number in counts.items() if number)
        print(f"{count(len(documents), 'document')}: {findings_text or 'no findings'}")
    return 1 if has_errors(found) else 0
