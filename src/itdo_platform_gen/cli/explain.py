"""`platform-gen explain`: one code of a diagnostic."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from itdo_platform_gen.reports.codes import Code

HELP = "explain a code: why it is a fault, and the way out"
EXAMPLES = "platform-gen explain K8S201"
_EFFECTS = {
    "refused": "refused: by the server, or by platform-gen",
    "fails": "fails: it is accepted, and cannot work",
    "advice": "advice: it works, and could be better",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_format

    parser.add_argument("code", metavar="CODE", help="the code, as a diagnostic shows it")
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Print what there is to say of the code."""
    from dataclasses import asdict

    from itdo_platform_gen.cli.output import write_json
    from itdo_platform_gen.errors import PlatformGenError
    from itdo_platform_gen.reports.codes import codes
    from itdo_platform_gen.syntax.near import nearest

    code = codes().get(arguments.code.upper())
    if code is None:
        near = nearest(arguments.code, codes())
        suggestion = f"did you mean {near}?" if near else "platform-gen checks lists them"
        message = f"there is no code {arguments.code}; {suggestion}"
        raise PlatformGenError(message)
    if arguments.format == "json":
        write_json([], check=asdict(code))
    else:
        print(_text(code))
    return 0


def _text(code: Code) -> str:
    from itdo_platform_gen.cli.output import indented

    lines = [f"{code.code}: {code.title}", "", code.reason, "", f"way out: {code.fix}"]
    lines.append(f"effect:  {_EFFECTS[code.effect]} ({code.severity})")
    if code.since and code.until:
        lines.append(f"holds:   for Kubernetes {code.since} to {code.until}")
    if code.bad:
        lines += ["", "wrong:", indented(code.bad), "", "right:", indented(code.good)]
    return "\n".join(lines)
